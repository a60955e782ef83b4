import { MFA_CODE_PARAMETERS, type MfaFactor } from "../../../aws/cognito/mfa";
import type { AuthorizationRequest } from "../../cloud/cognito/sessions/authorization-codes";
import { passwordsDiffer } from "../../cloud/cognito/errors";
import {
  proveSoftwareTokenSetUp,
  replaceTemporaryPassword,
  setUpSoftwareToken,
} from "../../cloud/cognito/hosted/hosted-sign-in";
import { activeFactors, answerSecondFactor } from "../../cloud/cognito/sign-in/second-factor";
import type { Admission } from "../../cloud/cognito/sign-in/sign-in";
import type { UserPool } from "../../cloud/cognito/user-pool";
import type { UserPoolClient } from "../../cloud/cognito/user-pool-client";
import type { HttpResponse } from "../../cloud/network/http-message";
import { signInPage, type PageField, type PageForm } from "../sign-in-page";
import { setCookie } from "./cookies";
import type { DomainRequest } from "./domain-request";

/** What a user is asked after the password, and the sign-in that waits for it. */
export interface ChallengeStep {
  readonly name: string;
  readonly session: string;
  readonly username: string;
}

interface Question {
  readonly title: string;
  readonly texts: readonly string[];
  /** @default - nothing can be answered */
  readonly form?: Pick<PageForm, "fields" | "submit">;
}

const LABELS: Readonly<Record<MfaFactor, string>> = {
  SMS_MFA: "A code by text message",
  SOFTWARE_TOKEN_MFA: "A code of my authenticator app",
  EMAIL_OTP: "A code by email",
};

const CODE: PageField = { name: "code", label: "Code", type: "text", autocomplete: "one-time-code" };

const MESSAGE: Question = {
  title: "Enter your code",
  texts: ["A code was sent to you. The emulator sends nothing: find the code in its output."],
  form: { fields: [CODE], submit: "Sign in" },
};

const QUESTIONS: Readonly<Record<string, (pool: UserPool, username: string) => Question>> = {
  NEW_PASSWORD_REQUIRED: (_, username) => ({
    title: "Change your password",
    texts: [`${username}, choose a password of your own.`],
    form: {
      fields: [
        { name: "new_password", label: "New password", type: "password", autocomplete: "new-password" },
        { name: "confirm_password", label: "New password again", type: "password", autocomplete: "new-password" },
      ],
      submit: "Change password",
    },
  }),
  SMS_MFA: () => MESSAGE,
  EMAIL_OTP: () => MESSAGE,
  SOFTWARE_TOKEN_MFA: () => ({
    title: "Enter your code",
    texts: ["Your authenticator app shows a code of six digits."],
    form: { fields: [CODE], submit: "Sign in" },
  }),
  SELECT_MFA_TYPE: (pool, username) => ({
    title: "Choose how to sign in",
    texts: ["You have several second factors."],
    form: {
      fields: [],
      submit: activeFactors(pool, pool.users.adminGetUser(username)).map((value) => ({ value, label: LABELS[value] })),
    },
  }),
  MFA_SETUP: askToSetUp,
};

function askToSetUp(pool: UserPool, username: string): Question {
  const title = "Set up a second factor";
  const setUp = setUpSoftwareToken(pool, username);
  if (setUp === undefined) {
    return { title, texts: [`${pool.declaration.poolName} sends codes, and ${username} has no address for them.`] };
  }
  const { secret, uri } = setUp;
  const shown = { type: "text", autocomplete: "off", isShown: true } as const;
  return {
    title,
    texts: ["Give your authenticator app the secret, or the address that holds it. Then enter the code that it shows."],
    form: {
      fields: [
        { name: "secret", label: "Secret", value: secret, ...shown },
        { name: "secret_uri", label: "Address", value: uri, ...shown },
        CODE,
      ],
      submit: "Set up and sign in",
    },
  };
}

/** @param error what went wrong with the answer before */
export function askChallenge(
  asked: DomainRequest,
  { redirectUri }: AuthorizationRequest,
  { name, session, username }: ChallengeStep,
  error?: string,
): Promise<HttpResponse> {
  const token = asked.pool.tokenRandom.uuid();
  const { title, texts, form } = QUESTIONS[name]?.(asked.pool, username) ?? {
    title: "Sign in",
    texts: ["Sign in again."],
  };
  const hidden = { _csrf: token, session, username, challenge: name };
  const page = { title, texts, error, ...(form && { form: { ...form, hidden, leadsTo: redirectUri } }) };
  return signInPage(page, error === undefined ? 200 : 400, setCookie(asked, "XSRF-TOKEN", token));
}

/** @throws AwsError whose message the page shows */
export function answerChallenge(
  pool: UserPool,
  client: UserPoolClient,
  step: ChallengeStep,
  form: URLSearchParams,
): Admission {
  const { name, session, username } = step;
  // Before anything else: what the page says next is for the owner of the session alone.
  pool.authSessions.verify(session, { clientId: client.clientId, username, challengeName: name });
  if (name === "NEW_PASSWORD_REQUIRED") return replaceTemporaryPassword(pool, client, step, newPasswordIn(form));
  const code = form.get("code")?.trim() ?? "";
  if (name === "MFA_SETUP") proveSoftwareTokenSetUp(pool, username, code);
  const parameter = Object.hasOwn(MFA_CODE_PARAMETERS, name) ? MFA_CODE_PARAMETERS[name as MfaFactor] : "ANSWER";
  const responses = { USERNAME: username, [parameter]: parameter === "ANSWER" ? (form.get("answer") ?? "") : code };
  return answerSecondFactor(pool, client, { challengeName: name, session, responses });
}

function newPasswordIn(form: URLSearchParams): string {
  const password = form.get("new_password") ?? "";
  if (password === form.get("confirm_password")) return password;
  throw passwordsDiffer();
}
