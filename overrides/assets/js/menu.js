/* Menus made of <details>: close on Escape and on a click elsewhere. On narrow screens the filters begin closed. */
(function () {
  "use strict";
  var menus = document.querySelectorAll("[data-menu]");

  document.addEventListener("click", function (event) {
    menus.forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menus.forEach(function (menu) {
      if (menu.open && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    });
  });
  if (window.matchMedia("(max-width: 62rem)").matches) {
    document.querySelectorAll("[data-sheet]").forEach(function (sheet) { sheet.open = false; });
  }
})();
