// A form that is to be sent by itself, as on the way out to another service. Without this script there is its button.
document.querySelector<HTMLFormElement>('form[data-sb-send]')?.requestSubmit();
