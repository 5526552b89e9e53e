// @ts-check
/** The panel 'Time': sessions, days, years, and what they add up to in words. */
import { byId } from './element.js';
import { t } from './i18n.js';
import { HEALED, MOST_YEARS } from './moment.js';
import { SessionPlayer } from './session-player.js';
import { Slider } from './slider.js';

/** @param {import('./moment.js').Moment} moment */
export function startTimePanel(moment) {
  const sentence = byId('time-sentence', HTMLElement);
  const play = byId('play', HTMLButtonElement);
  const sessions = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('input[name="session"]')]);
  const days = new Slider(byId('days-slider', HTMLElement), { id: 'days', label: t('time.days'), min: 0, max: HEALED, step: 1 });
  const years = new Slider(byId('years-slider', HTMLElement), { id: 'years', label: t('time.years'), min: 0, max: MOST_YEARS, step: 1 });
  const player = new SessionPlayer(moment, play);

  for (const choice of sessions) choice.addEventListener('change', () => moment.showSession(Number(choice.value)));
  days.input.addEventListener('input', () => moment.showDays(Number(days.input.value)));
  years.input.addEventListener('input', () => moment.showYears(Number(years.input.value)));
  play.addEventListener('click', () => player.toggle());

  const show = () => {
    sentence.textContent = moment.sentence;
    for (const choice of sessions) {
      choice.checked = Number(choice.value) === moment.session;
      // The sessions build on each other: those before the chosen one are part of it.
      choice.parentElement?.toggleAttribute('data-done', Number(choice.value) <= moment.session);
    }
    const day = { day: moment.days, state: moment.state };
    if (moment.days < HEALED) days.show(moment.days, t('time.day', day), t('time.daySpoken', day));
    else days.show(moment.days, t('time.healedValue'));
    const later = moment.years === 0 ? 'time.now' : moment.years === 1 ? 'time.year' : 'time.yearsValue';
    years.show(moment.years, t(later, { years: moment.years }));
  };
  moment.addEventListener('change', show);
  player.addEventListener('change', () => {
    play.toggleAttribute('data-playing', player.playing);
    const name = t(player.playing ? 'time.stop' : 'time.play');
    play.setAttribute('aria-label', name);
    play.title = name;
  });
  show();
}
