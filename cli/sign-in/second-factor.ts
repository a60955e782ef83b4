import { createInterface } from "node:readline/promises";

import { MFA_CODE_PARAMETERS, type MfaFactor } from "../../aws/cognito/mfa";
import { fromBase32, totp } from "../../emulator/cloud/cognito/users/totp";
import { CommandFailure } from "../errors";
import type { CognitoClient } from "./cognito-client";

/** What Cognito asks after the password. */
export interface Challenge {
  readonly name: string;
  readonly session: unknown;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ChallengeAnswer {
  /** @default - that of the challenge */
  readonly session?: unknown;
  readonly responses: Readonly<Record<string, string>>;
}

/** @throws CommandFailure for what cannot be answered */
export type AnswerChallenge = (challenge: Challenge) => Promise<ChallengeAnswer>;

/** A person's second factor: the code that was given, or that is asked for at the terminal. */
export function answerWithCode(username: string, code: string | undefined): AnswerChallenge {
  return async ({ name, parameters }) => {
    if (name === "SELECT_MFA_TYPE") return { responses: { ANSWER: firstChoice(parameters["MFAS_CAN_CHOOSE"]) } };
    if (!isCodeChallenge(name)) {
      throw new CommandFailure(
        `The user ${username} has to answer the challenge ${name} first: only a password and a code are given here.`,
      );
    }
    const sent = parameters["CODE_DELIVERY_DESTINATION"];
    const where = typeof sent === "string" ? `sent to ${sent}` : "that the authenticator app shows";
    return { responses: { [MFA_CODE_PARAMETERS[name]]: code ?? (await askForCode(username, where)) } };
  };
}

/** An app is asked before messages, since its code is there before it is asked for. */
function firstChoice(choices: unknown): string {
  const names = JSON.parse(String(choices)) as string[];
  return names.find((name) => name === "SOFTWARE_TOKEN_MFA") ?? names[0] ?? "";
}

function isCodeChallenge(name: string): name is MfaFactor {
  return Object.hasOwn(MFA_CODE_PARAMETERS, name);
}

async function askForCode(username: string, where: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CommandFailure(
      `The user ${username} is asked for the code ${where}: give it by --code, or at a terminal.`,
    );
  }
  // Standard output is for the token.
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`Code of ${username}, ${where}: `)).trim();
  } finally {
    terminal.close();
  }
}

/** A user of the command's own sets up an authenticator app, which is this function. */
export function answerByOwnApp(cognito: CognitoClient, username: string): AnswerChallenge {
  return async ({ name, session, parameters }) => {
    const canSetUp = String(parameters["MFAS_CAN_SETUP"]).includes("SOFTWARE_TOKEN_MFA");
    if (name !== "MFA_SETUP" || !canSetUp) {
      throw new CommandFailure(
        `The user pool asks everybody for a second factor, which ${username} does not have: sign in as one of its users, with --username.`,
      );
    }
    const { SecretCode, Session } = await cognito.call("AssociateSoftwareToken", { Session: session });
    const UserCode = totp(fromBase32(String(SecretCode)), await emulatorTime(cognito));
    const verified = await cognito.call("VerifySoftwareToken", { Session, UserCode });
    return { session: verified["Session"], responses: {} };
  };
}

async function emulatorTime({ endpoint }: CognitoClient): Promise<number> {
  const response = await fetch(new URL("/_emulator/clock", endpoint.url));
  const { now } = (await response.json()) as { now: string };
  return Date.parse(now);
}
