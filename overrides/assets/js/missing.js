/* For servers that know one page for all missing addresses: goes on to that of the language in the address. */
(function () {
  "use strict";
  var page = document.querySelector("[data-missing]");
  var root = page.dataset.missing;
  var first = location.pathname.slice(root.length).split("/")[0];

  if (location.pathname.startsWith(root) && page.dataset.languages.split(" ").includes(first)) {
    location.replace(root + first + "/404.html");
  }
})();
