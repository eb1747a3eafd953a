// Fonts come from this server. Has to run before the component is loaded.
window.EXCALIDRAW_ASSET_PATH = '/';
