// Every word that the Timeline page says by itself.

export const timelineTexts = {};
