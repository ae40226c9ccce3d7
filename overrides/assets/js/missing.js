/* For servers that know one page for all missing addresses: goes on to that of the language in the address. */
(function () {
  "use strict";
  var page = document.querySelector("[data-missing]");
  var root = page.dataset.missing;
  var first = location.pathname.slice(root.length).split("/")[0];
  var there = root + first + "/404.html";

  // Where that page is missing too, this one is shown in its place.
  if (location.pathname.startsWith(root) && page.dataset.languages.split(" ").includes(first) &&
      location.pathname !== there) {
    location.replace(there);
  }
})();
