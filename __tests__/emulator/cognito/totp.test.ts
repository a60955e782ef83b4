import { fromBase32, stepOfCode, toBase32, totp } from "../../../emulator/cloud/cognito/users/totp";

const SECRET = Buffer.from("12345678901234567890");

// RFC 6238, appendix B, in its SHA-1 column; six digits are the last six of its eight.
test.each([
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
])("at %d s the code is that of the RFC", (seconds, code) => {
  expect(totp(SECRET, seconds * 1_000)).toBe(code.slice(2));
});

// RFC 4648, section 10.
test.each([
  ["", ""],
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
])("base32 of %j is that of the RFC", (text, encoded) => {
  expect(toBase32(Buffer.from(text))).toBe(encoded);
  expect(Buffer.from(fromBase32(encoded)).toString()).toBe(text);
});

test("a code counts half a minute before and after its own", () => {
  const time = 1_111_111_111_000;
  const at = (seconds: number) => stepOfCode(SECRET, totp(SECRET, time), time + seconds * 1_000) !== undefined;
  expect([-60, -30, 0, 30, 60].map(at)).toEqual([false, true, true, true, false]);
});
