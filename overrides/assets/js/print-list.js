/* A list on paper, as it is filtered: the button is there only where it can do something. */
(function () {
  "use strict";

  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
})();
