/* Menus made of <details>: close on Escape and on a click elsewhere. On narrow screens the filters are a sheet that
   begins closed, and the main menu, which scrolls sideways there, shows where one is. */
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
  document.querySelectorAll("[data-sheet]").forEach(function (sheet) {
    function narrow() { return window.matchMedia("(max-width: 61.99rem)").matches; }
    function close() {
      sheet.open = false;
      sheet.querySelector("summary").focus();
    }
    if (narrow()) sheet.open = false;
    sheet.querySelector("[data-sheet-done]").addEventListener("click", close);
    sheet.addEventListener("keydown", function (event) { if (event.key === "Escape" && narrow()) close(); });
  });
  var here = document.querySelector(".header__nav [aria-current]");
  if (here) here.scrollIntoView({ block: "nearest", inline: "center" });
})();
