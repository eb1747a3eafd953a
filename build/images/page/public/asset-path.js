// Fonts come from this server. A plain script, so that it has run before the component is loaded.
window.EXCALIDRAW_ASSET_PATH = '/';
