/* Says before anything is drawn that scripts run, and that filters stand in the address, so that styles can tell and
 * nothing jumps later; and keeps the data that a page brings along for parts.js. */
document.documentElement.classList.add("has-script");
if (location.search) document.documentElement.classList.add("is-asked");
window.safecities = { early: [], part: (...part) => window.safecities.early.push(part) };
