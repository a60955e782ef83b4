/** Whether standard output takes colours: https://no-color.org. */
const coloured = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;

const style = (open: number, close: number) => (text: string) => (coloured ? `\u001b[${open}m${text}\u001b[${close}m` : text);

/** Styles that vanish where standard output is no terminal. */
export const paint = {
  bold: style(1, 22),
  dim: style(2, 22),
  red: style(31, 39),
  green: style(32, 39),
};
