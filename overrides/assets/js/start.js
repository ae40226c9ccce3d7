/* Says before anything is drawn that scripts run, so that styles can tell, and nothing jumps later; and keeps the data
 * that a page brings along for parts.js. */
document.documentElement.classList.add("has-script");
window.safecities = { early: [], part: (...part) => window.safecities.early.push(part) };
