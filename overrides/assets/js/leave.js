/* Leaves the site at once: by the button, or by Shift pressed three times in a row. The page is emptied first, so that
   nothing of it is seen while the next one loads; then its place in the history is taken. From file:// and without a
   network the empty page stays. Nothing is stored. */
(function () {
  "use strict";
  var link = document.querySelector("[data-exit]");
  var presses = 0;
  var last = 0;
  if (!link) return;
  var target = link.href;

  function leave() {
    document.title = "";
    document.documentElement.replaceChildren(document.createElement("body"));
    if (location.protocol !== "file:" && navigator.onLine !== false) location.replace(target);
  }

  // A ticked filter keeps the focus and takes no capitals: there, Shift leaves as anywhere else.
  function typing(element) {
    return element && (element.isContentEditable || /^textarea$/i.test(element.tagName) ||
      (/^input$/i.test(element.tagName) && !/^(checkbox|radio|button|submit|reset)$/i.test(element.type)));
  }

  link.addEventListener("click", function (event) {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", function (event) {
    var now = Date.now();
    if (event.key !== "Shift" || typing(event.target)) {
      presses = 0;
      return;
    }
    presses = now - last < 1500 ? presses + 1 : 1;
    last = now;
    if (presses === 3) leave();
  });
})();
