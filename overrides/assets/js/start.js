/* Says before anything is drawn that scripts run, so that styles can tell, and nothing jumps later. */
document.documentElement.classList.add("has-script");
