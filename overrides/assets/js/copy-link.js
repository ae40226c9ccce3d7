/* The address of a list with its filters, for someone else. Where a page may not write to the clipboard, the address
 * stands in a field, ready to be copied by hand. */
(function () {
  "use strict";

  document.querySelectorAll("[data-copy-link]").forEach((button) => {
    const box = button.closest("[data-take]");
    const status = box.querySelector("[data-take-status]");
    const byHand = box.querySelector("[data-copy-by-hand]");
    const field = byHand.querySelector("input");
    button.addEventListener("click", async () => {
      byHand.hidden = true;
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(location.href);
        status.textContent = status.dataset.copied;
      } catch {
        byHand.hidden = false;
        field.value = location.href;
        field.focus();
        field.select();
        status.textContent = status.dataset.byHand;
      }
    });
  });
})();
