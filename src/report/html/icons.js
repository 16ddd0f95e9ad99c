// Icons on a 16 x 16 square: what a target is, what a unit is.

const ICONS = {
  bank: 'M8 1.5 1.5 5v1.500h13V5zM3 7.500h2v4.500H3zM7 7.500h2v4.500H7zM11 7.500h2v4.500h-2zM1.5 13h13v1.500h-13z',
  fuel: 'M2.5 2.500a1 1 0 0 1 1-1h5a1 1 0 0 1 1 1V8h.5a1.5 1.5 0 0 1 1.5 1.500v2a.75.75 0 0 0 1.5 0V6.500L11.5 5l.9-.9 2.1 2.100v5.300a2.2 2.2 0 0 1-4.5 0V9.500h-.5v5h-7zM4.5 3.500v3h3v-3z',
  store: 'M8 1.5 1 5v9.500h2.500V8h9v6.500H15V5zM5 9.500h6V11H5zM5 12.500h6V14.500H5z',
  power: 'M9.5 1 3 9h4l-1.5 6L13 7H8.500z',
  school: 'M8 2.5 0.5 6 8 9.5 15.5 6zM3.5 8.700v3c2.5 1.8 6.5 1.8 9 0v-3L8 10.800zM14 7.500v4.500h1V7z',
  gate: 'M1 6.500h14v3H1zM2.5 2.500h2v3h-2zM11.5 2.500h2v3h-2zM2.5 10.500h2v3.500h-2zM11.5 10.500h2v3.500h-2z',
  plant: 'M1.5 14.500V7.500l4 2.500V7.500l4 2.5 .5-8h3l1 12.500z',
  health: 'M6 2h4v4h4v4h-4v4H6v-4H2V6h4z',
  shop: 'M3 5.500h10l1 9H2zM5 5.500V5a3 3 0 0 1 6 0v.5H9.600V5a1.6 1.6 0 0 0-3.2 0v.5z',
  public: 'M3 1.500h1.500v13H3zM5.5 2H13l-2 3 2 3H5.500z',
  water: 'M8 1C5.5 4.6 3.5 7.2 3.5 10a4.5 4.5 0 0 0 9 0C12.5 7.2 10.5 4.6 8 1z',
  port: 'M8 1a2 2 0 0 1 .8 3.8V6H11v1.500H8.8v5.400c1.9-.3 3.3-1.5 3.6-3.200l-1.2.3 2-3 1.8 3-1.1-.2C13.6 12.8 11.2 14.8 8 14.800S2.4 12.8 2.1 9.800L1 10l1.8-3 2 3-1.2-.3c.3 1.7 1.7 2.9 3.6 3.200V7.500H5V6h2.200V4.800A2 2 0 0 1 8 1z',
  transport: 'M3 2.500A1.5 1.5 0 0 1 4.5 1h7A1.5 1.5 0 0 1 13 2.500V12.500h-1v2h-2v-2H6v2H4v-2H3zM4.5 3v5h7V3zM4.5 9.500v1.500h2V9.500zM9.5 9.500v1.500h2V9.500z',
  road: 'M5 1.500h2v2.500h2V1.500h2l2.5 13H9v-3H7v3H2.500zM7.2 6v3h1.600V6z',
  site: 'M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  order: 'M5.5 1h5v1.500h2V15h-9V2.500h2zM5 6l-.8.8 2.6 2.6 5-5-.8-.8-4.2 4.200zM5 11.500h6v1.200H5z',
  base: 'M8 1 2 3.200v4.300C2 11.5 4.5 14 8 15c3.5-1 6-3.5 6-7.500V3.200zM8 4l1.1 2.6 2.8.2-2.1 1.8.7 2.800L8 9.900l-2.5 1.5.7-2.800L4.1 6.800l2.8-.2z',
};

/** The shape of a tier's badge, so that tiers differ without colour: centred, radius 1. */
function tierShape(context, tier, x, y, r) {
  context.beginPath();
  if (tier % 3 === 0) context.arc(x, y, r, 0, 2 * Math.PI);
  else if (tier % 3 === 1) {
    const d = r * 1.25;
    context.moveTo(x, y - d);
    context.lineTo(x + d, y);
    context.lineTo(x, y + d);
    context.lineTo(x - d, y);
    context.closePath();
  } else context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
}

const TIER_SHAPES = [
  'M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z',
  'M8 0.5 15.5 8 8 15.5 0.5 8z',
  'M2.5 2.500h11v11h-11z',
];
const tierIcon = (tier) => icon(TIER_SHAPES[tier % 3], `tier-${tier % 5}`);
