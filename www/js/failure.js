// @ts-check
/** Something that could not be done, under the code that its sentence is looked up by. */
export class Failure extends Error {
  /**
   * @param {string} code
   * @param {string} [message] the engine's own English sentence, used where the locale has none
   */
  constructor(code, message = '') {
    super(message || code);
    this.code = code;
    this.sentence = message;
  }

  /**
   * Whatever was thrown, as a failure with a code.
   * @param {unknown} thrown
   */
  static from(thrown) {
    if (thrown instanceof Failure) return thrown;
    const { code, message } = /** @type {{code?: unknown, message?: unknown}} */ (thrown ?? {});
    return typeof code === 'string' ? new Failure(code, String(message ?? '')) : new Failure('unknown');
  }
}
