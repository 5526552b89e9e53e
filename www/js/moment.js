// @ts-check
/**
 * The moment that is looked at: after which session, how many days since, how many years later.
 * Part of the view: neither of the plan nor of undo. Tells 'change' whenever it differs.
 */
import { t } from './i18n.js';

export const SESSIONS = 3;
/** Days after which a session counts as healed. */
export const HEALED = 28;
export const MOST_YEARS = 6;
/** Until this day fresh dots look darker than they stay, from then on paler; as the engine's curve. */
const FRESH_UNTIL = 8;

export class Moment extends EventTarget {
  #session = SESSIONS;
  #days = HEALED;
  #years = 0;

  get session() {
    return this.#session;
  }

  get days() {
    return this.#days;
  }

  get years() {
    return this.#years;
  }

  /** Session, days, years: as the engine takes them. @returns {readonly [number, number, number]} */
  get value() {
    return [this.#session, this.#days, this.#years];
  }

  /** What this moment is, in words, for a picture that is looked at later. */
  get title() {
    const { session, days } = this;
    if (this.#years > 0) return laterWords(this.#years);
    return days < HEALED ? t('time.title.day', { state: this.state, day: days, session }) : t('time.title.healed', { session });
  }

  /** What this moment is, in words, beside its sliders. */
  get sentence() {
    if (this.#years > 0) return laterWords(this.#years);
    if (this.#days < HEALED) return t(this.#days < FRESH_UNTIL ? 'time.sentence.fresh' : 'time.sentence.healing');
    return this.#session === SESSIONS ? t('time.sentence.final') : t('time.title.healed', { session: this.#session });
  }

  /** Fresh, healing or healed. */
  get state() {
    return t(this.#days < FRESH_UNTIL ? 'time.fresh' : this.#days < HEALED ? 'time.healing' : 'time.healed');
  }

  /** @param {number} session */
  showSession(session) {
    this.#set(session, this.#days, 0);
  }

  /** A session that has healed. @param {number} session */
  showHealed(session) {
    this.#set(session, HEALED, 0);
  }

  /** @param {number} days since the session */
  showDays(days) {
    this.#set(this.#session, days, 0);
  }

  /** Years begin when the last session has healed. @param {number} years */
  showYears(years) {
    if (years > 0) this.#set(SESSIONS, HEALED, years);
    else this.#set(this.#session, this.#days, 0);
  }

  /** For a new photo: told even if nothing has changed. */
  reset() {
    this.#session = SESSIONS;
    this.#days = HEALED;
    this.#years = 0;
    this.dispatchEvent(new Event('change'));
  }

  /** @param {number} session @param {number} days @param {number} years */
  #set(session, days, years) {
    if (session === this.#session && days === this.#days && years === this.#years) return;
    this.#session = session;
    this.#days = days;
    this.#years = years;
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {number} count */
const laterWords = (count) => t(count === 1 ? 'time.sentence.year' : 'time.sentence.years', { years: count });
