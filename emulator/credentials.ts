/** The only credentials that the emulated account knows: those that users of local AWS endpoints set by habit. */
export const EMULATOR_CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };
