// Every word that the Images page says by itself.

export const imagesTexts = {};
