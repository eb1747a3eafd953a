// Every word that the Figures page says by itself.

export const figuresTexts = {};
