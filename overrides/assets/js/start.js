/* Says before anything is drawn that scripts run, and that filters stand in the address, so that styles can tell and
   nothing jumps later. */
document.documentElement.classList.add("has-script");
if (location.search) document.documentElement.classList.add("is-asked");
