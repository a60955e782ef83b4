import { G, power, powerOfG } from "../../../emulator/cloud/cognito/srp/srp-numbers";

const hash = (digit: string) => BigInt(`0x${digit.repeat(64)}`);

test.each([0n, 1n, 2n, (1n << 43n) - 1n, 1n << 43n, 1n << 215n, 1n << 255n, hash("5"), hash("a"), hash("f")])(
  "the generator's power by its parts is its power: %s",
  (exponent) => {
    expect(powerOfG(exponent)).toBe(power(G, exponent));
  },
);
