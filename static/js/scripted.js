// Lets the style sheet know, before the first paint, that scripts run here.
document.documentElement.classList.add("scripted");
