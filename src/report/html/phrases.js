// Sentences about what happens: used by tips, lists, details and the headline.

/** What a unit does at `time`. */
function doing(unit, time) {
  const now = model.whereabouts(unit, time);
  const until = now.until == null ? '' : hourMinute(now.until);
  const where = now.target ? nameOf(now.target) : t('base');
  switch (now.doing) {
    case 'off': return t('do_off');
    case 'start': return t('do_start');
    case 'end': return t('do_end');
    case 'visit': return t('do_visit', where, until);
    case 'patrol': return t('do_patrol', where, until);
    case 'drive': return t('do_drive', where, until);
    case 'home': return t('do_home', until);
    case 'wait': return t('do_wait', where, until);
    case 'break': return t('do_break', until);
    default: return t('do_base');
  }
}

/** How a target stands at `time`. */
function standingText(target, time) {
  const { state: how, since } = model.standing(target, time);
  if (how === 'broken') return t('now_broken', duration(since));
  if (how === 'visit') return t('now_visit');
  return since == null ? t('now_never') : t('now_kept', duration(since));
}

/** What a target is. */
function kindOf(target) {
  const kind = t(`kind_${target.kind}`);
  if (!kind.startsWith('kind_')) return kind;
  return target.kind || t(target.segment ? 'segment' : 'site');
}

/** Targets with a standard by their worst wait over it, worst first; then the others. */
function byWorst() {
  return [...model.targets].sort((a, b) => (b.ratio ?? -1) - (a.ratio ?? -1) || a.index - b.index);
}

/** What fell short, in words. */
function shortText({ what, amount, span }) {
  if (what === 'standard') {
    return t('short_standard', duration(amount), duration(span[1] - span[0]), dayTime(span[1]));
  }
  return t(`short_${what}`, what === 'break' ? duration(amount) : number(amount));
}

/** Why it fell short, in words. */
function whyText({ why, with: figures }) {
  const put = {
    why_closed: [percent(figures[0], 0)],
    why_nobody_on_duty: [percent(figures[0], 0)],
    why_all_busy: [number(figures[0]), percent(figures[1], 0)],
    why_spare: [number(figures[0]), percent(figures[1], 0)],
  }[`why_${why}`] ?? [];
  return t(`why_${why}`, ...put);
}

/** The headline: how much is protected, and who waited longest measured by its standard. */
function showHeadline() {
  const { figures } = model;
  const parts = [el('strong', { class: 'big' }, percent(figures.protected)), t('headline_protected')];
  if (model.bound?.protected < 1) parts.push(t('headline_bound'), el('strong', {}, limitText(model.bound)), t('headline_bound_end'));
  const worst = figures.worst == null ? null : model.targets[figures.worst];
  if (worst) {
    const key = figures.ratio > 1 ? 'headline_worst' : 'headline_all';
    const [from, to] = worst.worst;
    const link = el('button', {
      type: 'button', class: 'link', onclick: () => choose({ type: 'target', index: worst.index }, to - 1),
    }, nameOf(worst));
    parts.push(t(key), link, t(`${key}_of`, duration(to - from), dayTime(to), duration(worst.standard)));
  } else parts.push(t('headline_end'));
  const warning = figures.valid ? [] : [el('span', { class: 'invalid' }, t('headline_invalid'))];
  byId('headline').replaceChildren(...parts, ...warning);
}

/** The figures beside the headline. */
function showTiles() {
  const { figures } = model;
  const wanted = figures.orders_met + figures.orders_missed;
  const value = (key) => figures.table.find((row) => row.key === key)?.value;
  const tiles = [
    ['tile_kept', percent(figures.kept)],
    ['tile_orders', wanted > 0 ? t('of', number(figures.orders_met), number(wanted)) : '–'],
    ['tile_response', percent(figures.response)],
    ['tile_distance', `${number(value('distance_km'))} km`],
    ['tile_crew', t('unit_hours', number(value('crew_hours')))],
  ];
  byId('tiles').replaceChildren(...tiles.map(([key, text]) => el('div', {}, el('dt', {}, t(key)), el('dd', {}, text))));
}
