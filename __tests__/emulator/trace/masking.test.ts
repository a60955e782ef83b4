import { maskFields, maskSecrets, shorten } from "../../../emulator/trace/masking";

const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";

it.each([
  [
    "a password",
    '{"AuthParameters":{"USERNAME":"ann","PASSWORD":"hunter2"}}',
    '{"AuthParameters":{"USERNAME":"ann","PASSWORD":"[masked]"}}',
  ],
  [
    "tokens of a sign-in",
    '{"AccessToken": "opaque", "ExpiresIn": 3600}',
    '{"AccessToken": "[masked]", "ExpiresIn": 3600}',
  ],
  ["a secret with escapes", String.raw`{"client_secret":"a\"b","x":"y"}`, '{"client_secret":"[masked]","x":"y"}'],
  ["a secret that is cut off", '{"NewPassword":"hunt', '{"NewPassword":"[masked]"'],
  ["a secret that is cut off in an escape", '{"NewPassword":"hunt\\', '{"NewPassword":"[masked]"'],
  [
    "a confirmation code, also as a number",
    '{"ConfirmationCode":"123456","confirmation_code": 123456}',
    '{"ConfirmationCode":"[masked]","confirmation_code": "[masked]"}',
  ],
  [
    "a code of a second factor",
    '{"SMS_MFA_CODE":"123456","EMAIL_OTP_CODE":"123456"}',
    '{"SMS_MFA_CODE":"[masked]","EMAIL_OTP_CODE":"[masked]"}',
  ],
  ["a token in prose", `the token ${TOKEN} is bad`, "the token [masked] is bad"],
  ["a token that is cut off", `Bearer ${TOKEN.slice(0, 30)}`, "Bearer [masked]"],
])("masks %s", (_, text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

it("leaves arguments, codes of errors and claims of JSON as they are", () => {
  const text =
    '{"jsonrpc":"2.0","method":"tools/call","params":{"name":"greet","arguments":{"name":"Ann","zipCode":"10115"}},"error":{"code":-32001}}';
  expect(maskSecrets(text)).toBe(text);
});

it("masks the fields of forms and of URLs", () => {
  expect(maskFields("grant_type=client_credentials&client_id=a&client_secret=b&scope=c")).toBe(
    "grant_type=client_credentials&client_id=a&client_secret=[masked]&scope=c",
  );
  expect(maskFields("https://host/path?access_token=abc&page=2")).toBe(
    "https://host/path?access_token=[masked]&page=2",
  );
  expect(maskFields("https://host/path?X-Api-Key=abc&api_key=d&tenantApiKey=e")).toBe(
    "https://host/path?X-Api-Key=[masked]&api_key=[masked]&tenantApiKey=[masked]",
  );
});

it("shortens before it masks, and says how much is left out", () => {
  const text = `{"a":"${"x".repeat(1_985)}","password":"hunter2"}`;
  const shortened = shorten(text);
  expect(shortened).not.toContain("hunter2");
  expect(shortened).toMatch(/ … \d+ characters more$/);
  expect(shorten("short")).toBe("short");
});
