// Colours and fonts for the canvases, read from the style sheet so that both agree.

const FONT = '-apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", sans-serif';

const inks = new Map();

/** A colour of the style sheet by name, in the present theme. */
function ink(name) {
  if (!inks.has(name)) {
    inks.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  }
  return inks.get(name);
}

/** A tier's colour. */
const tierInk = (tier) => ink(`tier-${tier % 5}`);

/** Slanted hatching, for what must be told apart without colour. */
function hatch(g, name, back) {
  const key = `hatch ${name} ${back}`;
  if (!inks.has(key)) {
    const tile = document.createElement('canvas');
    tile.width = 6;
    tile.height = 6;
    const h = tile.getContext('2d');
    if (back) {
      h.fillStyle = ink(back);
      h.fillRect(0, 0, 6, 6);
    }
    h.strokeStyle = ink(name);
    h.lineWidth = 1.6;
    h.beginPath();
    for (const shift of [-6, 0, 6]) {
      h.moveTo(shift - 1, 7);
      h.lineTo(shift + 7, -1);
    }
    h.stroke();
    inks.set(key, g.createPattern(tile, 'repeat'));
  }
  return inks.get(key);
}

/** Takes a theme, light or dark. */
function useTheme(theme) {
  document.documentElement.dataset.theme = theme;
  inks.clear();
}
