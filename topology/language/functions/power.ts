/**
 * Go's `math.Pow` for whole exponents, bit by bit: that of a JavaScript engine may differ in the last digit, and V8's of
 * Node.js 24 does.
 */
export function power(base: number, exponent: number): number {
  const isCalculated = Number.isInteger(exponent) && Number.isFinite(base) && base !== 0;
  if (!isCalculated) return base ** exponent;
  let result = 1;
  let scale = 0;
  let [square, squareScale] = fractionOf(base);
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    // Beyond what any double holds.
    if (Math.abs(squareScale) > 4_096) {
      scale += squareScale;
      break;
    }
    if (rest % 2 === 1) {
      result *= square;
      scale += squareScale;
    }
    square *= square;
    squareScale *= 2;
    if (square < 0.5) {
      square *= 2;
      squareScale -= 1;
    }
  }
  return exponent < 0 ? scaled(1 / result, -scale) : scaled(result, scale);
}

/** A number as a fraction from 1/2 to 1 and a power of two. */
function fractionOf(value: number): [fraction: number, exponent: number] {
  let fraction = value;
  let exponent = 0;
  for (; Math.abs(fraction) >= 1; exponent++) fraction /= 2;
  for (; Math.abs(fraction) < 0.5; exponent--) fraction *= 2;
  return [fraction, exponent];
}

/** In steps, as a power of two may be more than a double holds where the product is not. */
function scaled(value: number, exponent: number): number {
  const step = Math.max(-1_000, Math.min(1_000, exponent));
  return step === exponent || !Number.isFinite(value) ? value * 2 ** step : scaled(value * 2 ** step, exponent - step);
}
