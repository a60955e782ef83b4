import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { chmod, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readTopology } from "../../topology/reading";

import { build } from "esbuild";
import { decodeJwt } from "jose";

import { StateFile } from "../../../cli/emulator/state-file";
import type { Emulator } from "../../../emulator";
import { articleStack, emulate, emulateTopology, outputOf } from "../../support/article-stack";
import { bearer, cognito, postMcp, toolsList } from "../../support/callers";
import { REPOSITORY, startUpApart } from "../../support/command";
import { cdktfAgentcore } from "../../support/command-here";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder, "state.json");
});

const PASSWORD = "TestPass123!";

/** A symbolic link that means itself. */
function circularLink(): string {
  const link = join(folder, "circle.json");
  fs.symlinkSync("circle.json", link);
  return link;
}

async function makeUser(emulator: Emulator, username: string): Promise<void> {
  const user = { UserPoolId: outputOf(emulator, "inbound_user_pool_id"), Username: username };
  await cognito(emulator, "AdminCreateUser", {
    ...user,
    UserAttributes: [{ Name: "email", Value: `${username}@example.com` }],
  });
  await cognito(emulator, "AdminSetUserPassword", { ...user, Password: PASSWORD, Permanent: true });
}

/** An emulator in this process, as `up --state` starts one. */
async function emulateWithState(): Promise<Emulator> {
  const state = StateFile.open(path);
  const emulator = await emulate(await articleStack(), { seed: state.seed });
  state.attach(emulator);
  return emulator;
}

async function signIn(emulator: Emulator, username: string): Promise<{ AccessToken: string; RefreshToken: string }> {
  const ClientId = outputOf(emulator, "inbound_client_id");
  const AuthParameters = { USERNAME: username, PASSWORD };
  const { body } = await cognito(emulator, "InitiateAuth", {
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters,
  });
  return (body as { AuthenticationResult: { AccessToken: string; RefreshToken: string } }).AuthenticationResult;
}

async function userOf(emulator: Emulator, username: string): Promise<unknown> {
  const UserPoolId = outputOf(emulator, "inbound_user_pool_id");
  return (await cognito(emulator, "AdminGetUser", { UserPoolId, Username: username })).body;
}

describe("up --state", () => {
  test("keeps URLs, keys and users over a restart: an old token and an old password are still good", async () => {
    const first = await startUpApart(await articleStack(), "--state", path);
    const gatewayUrl = (await cdktfAgentcore("output", "-raw", "gateway_url", "--port", first.port)).stdout;
    const token = (await cdktfAgentcore("token", "--port", first.port)).stdout.trim();
    const UserPoolId = (await cdktfAgentcore("output", "-raw", "inbound_user_pool_id", "--port", first.port)).stdout;
    const alice = { UserPoolId, Username: "alice" };
    await cognito(first, "AdminCreateUser", alice);
    await cognito(first, "AdminSetUserPassword", {
      ...alice,
      Password: PASSWORD,
      Permanent: true,
    });
    first.command.interrupt();
    expect(await first.command.end()).toMatchObject({ status: 0 });

    const second = await startUpApart(await articleStack(), "--state", path);
    const url = gatewayUrl.replace(first.url, second.url);
    expect((await cdktfAgentcore("output", "-raw", "gateway_url", "--port", second.port)).stdout).toBe(url);
    expect(await postMcp(url, toolsList, bearer(token))).toMatchObject({ status: 200 });
    const signIn = ["--username", "alice", "--password", PASSWORD];
    expect(await cdktfAgentcore("token", "--port", second.port, ...signIn)).toMatchObject({ status: 0 });
    second.command.interrupt();
    await second.command.end();
  });

  test("fails with 2 and one sentence for a file that another emulator has, until that ends", async () => {
    const first = await startUpApart(await articleStack(), "--state", path);
    const again = await cdktfAgentcore("up", await articleStack(), "--once", "--port", "0", "--state", path);
    expect([again.status, again.stdout]).toEqual([2, ""]);
    expect(again.stderr).toMatch(
      /^cdktf-agentcore: The state file .*state\.json is in use by process \d+: stop it, .*\.\n$/,
    );
    first.command.interrupt();
    await first.command.end();
    expect(() => StateFile.open(path)).not.toThrow();
  });

  test("goes on with the file of an emulator that was killed", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    await writeFile(`${path}.lock`, String(pid));
    expect(() => StateFile.open(path)).not.toThrow();
    expect(await readFile(`${path}.lock`, "utf8")).toBe(String(process.pid));
  });

  test("fails with 2 and one sentence for a damaged file, and leaves it alone", async () => {
    const text = '{"version": 1, "seed": "5';
    await writeFile(path, text);
    const { status, stdout, stderr } = await cdktfAgentcore(
      "up",
      await articleStack(),
      "--once",
      "--port",
      "0",
      "--state",
      path,
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^cdktf-agentcore: The state file .*state\.json is damaged or was made by something else: .*\.\n$/,
    );
    expect(await readFile(path, "utf8")).toBe(text);
  });
});

describe("a state file", () => {
  test.each([
    ["nothing", ""],
    ["other JSON", "[]"],
    ["a state of another version", '{"version": 2, "seed": "5", "users": {}}'],
    ["a user without a name", '{"version": 1, "seed": "5", "users": {"us-east-1_a": [{"sub": "1"}]}}'],
  ])("fails to open where it holds %s, and is left alone", async (_, text) => {
    await writeFile(path, text);
    expect(() => StateFile.open(path)).toThrow(/^The state file .* is damaged or was made by something else: .*\.$/);
    expect(await readFile(path, "utf8")).toBe(text);
  });

  test.each<[string, () => [path: string, seed?: string]]>([
    ["cannot be written: ENOENT", () => [join(folder, "nowhere/state.json")]],
    ["cannot be written: ENAMETOOLONG", () => [join(folder, "a".repeat(300))]],
    ["cannot be written: ELOOP", () => [circularLink()]],
    ["cannot be read: EISDIR", () => [folder]],
    ["was made with another seed", () => [path, "other"]],
  ])("fails to open where it %s", (sentence, parameters) => {
    StateFile.open(path, "one");
    expect(() => StateFile.open(...parameters())).toThrow(new RegExp(`^The state file .* ${sentence}.*\\.$`));
  });

  test("fails to open where it is a pipe or a device, which it neither waits for nor replaces", () => {
    expect(spawnSync("mkfifo", [path]).status).toBe(0);
    for (const special of [path, "/dev/null"]) {
      expect(() => StateFile.open(special)).toThrow(
        `The state file ${special} is a device, a pipe or a socket: name a file.`,
      );
    }
  });

  test("gives users back as they were", async () => {
    const first = await emulateWithState();
    await makeUser(first, "alice");
    const alice = await userOf(first, "alice");
    await first.stop();
    const second = await emulateWithState();
    expect(await userOf(second, "alice")).toEqual(alice);
    await second.stop();
  });

  test("never gives a new user the identity of a kept one, although the seed draws the same again", async () => {
    const subs = [];
    for (const username of ["alice", "bob", "carol"]) {
      const emulator = await emulateWithState();
      await makeUser(emulator, username);
      subs.push(
        emulator.account.cognito.userPool(outputOf(emulator, "inbound_user_pool_id")).users.adminGetUser(username).sub,
      );
      await emulator.stop();
    }
    expect(new Set(subs).size).toBe(3);
  });

  test("never gives one user's refresh token to another, although the seed draws the same again", async () => {
    const first = await emulateWithState();
    for (const username of ["alice", "bob"]) await makeUser(first, username);
    await first.stop();
    const tokens = [];
    for (const username of ["alice", "bob"]) {
      const emulator = await emulateWithState();
      tokens.push(await signIn(emulator, username));
      await emulator.stop();
    }
    expect(new Set(tokens.map(({ RefreshToken }) => RefreshToken)).size).toBe(2);
    expect(
      new Set(tokens.flatMap(({ AccessToken }) => [decodeJwt(AccessToken).jti, decodeJwt(AccessToken).origin_jti]))
        .size,
    ).toBe(4);
  });

  test("keeps the users of pools that the stack does not have", async () => {
    const lost = {
      username: "eve",
      sub: "1",
      attributes: {},
      status: "CONFIRMED",
      password: { salt: "1", verifier: "2" },
      createdAt: 1,
      modifiedAt: 1,
    };
    await writeFile(path, JSON.stringify({ version: 1, seed: "5", users: { "us-east-1_elsewhere": [lost] } }));
    const emulator = await emulateWithState();
    await makeUser(emulator, "alice");
    await emulator.stop();
    const { users } = JSON.parse(await readFile(path, "utf8")) as { users: Record<string, unknown> };
    expect(users).toMatchObject({ "us-east-1_elsewhere": [lost] });
    expect(Object.keys(users).length).toBeGreaterThan(1);
  });

  test("holds no password, at no moment, and takes the passwords out of an older file", async () => {
    const writes = jest.spyOn(fs, "writeFileSync");
    const first = await emulateWithState();
    await makeUser(first, "alice");
    await first.stop();
    const state = JSON.parse(await readFile(path, "utf8")) as { users: Record<string, object[]> };
    const [[id = "", [alice = {}] = []] = []] = Object.entries(state.users).filter(([, { length }]) => length > 0);
    const older = { ...state, users: { [id]: [{ ...alice, password: PASSWORD }] } };
    await writeFile(path, JSON.stringify(older));
    const second = await emulateWithState();
    expect((await signIn(second, "alice")).AccessToken).toContain("eyJ");
    await second.stop();
    const texts = writes.mock.calls.map(([, text]) => (typeof text === "string" ? text : ""));
    writes.mockRestore();
    expect(texts.filter((text) => text.includes('"alice"')).length).toBeGreaterThan(2);
    expect(texts.filter((text) => text.includes(PASSWORD))).toEqual([]);
    expect(await readFile(path, "utf8")).not.toContain(PASSWORD);
  });

  test("is for its owner's eyes, and stays where a symbolic link means it", async () => {
    const link = join(folder, "link.json");
    StateFile.open(path);
    await symlink(path, link);
    await chmod(path, 0o644);
    StateFile.open(link);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(link, "utf8")).toBe(await readFile(path, "utf8"));
  });

  test("goes through no link that another user of the folder has put in its way, nor does its lock", async () => {
    const theirs = join(folder, "theirs");
    await writeFile(theirs, "theirs");
    await symlink(theirs, `${path}.lock.${process.pid}`);
    const emulator = await emulateWithState();
    await symlink(theirs, `${path}.${process.pid}.tmp`);
    await makeUser(emulator, "alice");
    expect(await readFile(theirs, "utf8")).toBe("theirs");
    expect((await lstat(path)).isFile()).toBe(true);
    expect(await readFile(path, "utf8")).toContain("alice");
  });

  test("leaves nothing beside itself: not its own files, not those of a killed emulator", async () => {
    await writeFile(`${path}.999999999.tmp`, PASSWORD);
    await writeFile(`${path}.lock`, "999999999");
    await writeFile(`${path}.notes.tmp`, "somebody's");
    StateFile.open(path);
    expect((await readdir(folder)).sort()).toEqual(["state.json", "state.json.lock", "state.json.notes.tmp"]);
  });

  test("is had by one of many that start at once over the lock of a killed one", async () => {
    await writeFile(`${path}.lock`, "999999999");
    const program = join(folder, "open.js");
    const contents = `
      import { StateFile } from "./cli/emulator/state-file";
      try { StateFile.open(process.argv[2]); console.log("had"); process.stdin.resume(); }
      catch (error) { console.log(error.message); process.exit(2); }`;
    await build({
      stdin: { contents, resolveDir: REPOSITORY, loader: "ts" },
      outfile: program,
      bundle: true,
      platform: "node",
    });
    const children = Array.from({ length: 6 }, () => spawn(process.execPath, [program, path]));
    const lines = await Promise.all(children.map(async ({ stdout }) => String((await once(stdout, "data"))[0]).trim()));
    children.forEach((child) => child.stdin.end());
    expect(lines.filter((line) => line === "had")).toHaveLength(1);
    expect(lines.filter((line) => /^The state file .* is in use by process \d+: /.test(line))).toHaveLength(5);
  });

  test("goes on without a file that cannot be written, and says so", async () => {
    const emulator = await emulateWithState();
    await rm(path);
    await mkdir(path);
    const warn = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    await makeUser(emulator, "alice");
    expect(warn).toHaveBeenCalledWith(
      expect.stringMatching(/^cdktf-agentcore: The state file .* cannot be written: E\w+; .*\.\n$/),
    );
    warn.mockRestore();
    expect(await userOf(emulator, "alice")).toMatchObject({ Username: "alice" });
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    await emulator.stop();
  });

  test("holds every user that was answered, whole, when the emulator is killed", async () => {
    const { command, url, port } = await startUpApart(await articleStack(), "--state", path);
    const UserPoolId = (await cdktfAgentcore("output", "-raw", "inbound_user_pool_id", "--port", port)).stdout;
    const create = async (Username: string) => {
      const { status } = await cognito({ url }, "AdminCreateUser", {
        UserPoolId,
        Username,
        MessageAction: "SUPPRESS",
      });
      return status === 200 ? [Username] : [];
    };
    const answered: string[] = [];
    const creating = (async () => {
      for (let i = 0; i < 500; i++) answered.push(...(await create(`user-${i}`)));
    })().catch(() => undefined);
    while (answered.length < 20) await new Promise((resolve) => setTimeout(resolve, 1));
    process.kill(-command.pid, "SIGKILL");
    await creating;
    await command.kill();
    const { users } = JSON.parse(await readFile(path, "utf8")) as { users: Record<string, { username: string }[]> };
    expect(users[UserPoolId]?.map(({ username }) => username)).toEqual(expect.arrayContaining(answered));
  });
});

test("users are in the groups of the stack that it has now, and in those into which somebody else put them", async () => {
  const groupsOf = async (declared: readonly string[], more?: string) => {
    const pool = "${aws_cognito_user_pool.people.id}";
    const named = (name: string): [string, object] => [name, { user_pool_id: pool, name }];
    const membership = (name: string): [string, object] => [
      name,
      {
        user_pool_id: pool,
        group_name: `\${aws_cognito_user_group.${name}.name}`,
        username: "${aws_cognito_user.ann.username}",
      },
    ];
    const resource = {
      aws_cognito_user_pool: { people: { name: "people" } },
      aws_cognito_user: { ann: { user_pool_id: pool, username: "ann" } },
      aws_cognito_user_group: Object.fromEntries(["admins", "editors", "readers"].map(named)),
      aws_cognito_user_in_group: Object.fromEntries(declared.map(membership)),
    };
    const topology = readTopology(temporaryFolder({ "main.tf.json": { resource } }));
    const state = StateFile.open(path);
    const emulator = await emulateTopology(topology, { seed: state.seed });
    state.attach(emulator);
    const [people] = emulator.account.cognito.userPools();
    if (!people) throw new Error("there is no pool");
    const ann = people.users.adminGetUser("ann");
    if (more !== undefined) people.groups.add(more, ann);
    await emulator.stop();
    return people.groups.of(ann).map(({ groupName }) => groupName);
  };
  expect(await groupsOf(["admins", "editors"], "readers")).toEqual(["admins", "editors", "readers"]);
  expect(await groupsOf(["editors"])).toEqual(["editors", "readers"]);
});

test("users whom a stack declares stay as they were where it says the same, and are else as it says now", async () => {
  const withUsers = async (users: Readonly<Record<string, object>>) => {
    const user = Object.fromEntries(
      Object.entries(users).map(([name, own]) => [
        name,
        { user_pool_id: "${aws_cognito_user_pool.people.id}", username: `${name}@example.com`, ...own },
      ]),
    );
    const resource = {
      aws_cognito_user_pool: { people: { name: "people", username_attributes: ["email"] } },
      aws_cognito_user: user,
    };
    const topology = readTopology(temporaryFolder({ "main.tf.json": { resource } }));
    const state = StateFile.open(path);
    const emulator = await emulateTopology(topology, { seed: state.seed });
    state.attach(emulator);
    const [pool] = emulator.account.cognito.userPools();
    if (!pool) throw new Error("there is no pool");
    const told = pool.users
      .all()
      .map(({ sub, attributes, status }) => ({ sub, email: attributes.get("email"), status }));
    await emulator.stop();
    return { pool, told };
  };
  const first = await withUsers({ ann: {}, bob: {}, cid: {} });
  for (const { email = "" } of first.told) first.pool.users.adminSetUserPassword(email, PASSWORD, true);
  first.pool.users.adminCreateUser({ username: "dan@example.com", attributes: new Map() });
  const [ann, bob] = first.told.map(({ sub }) => sub);
  const { told } = await withUsers({ bob: { temporary_password: "Another-123" }, ann: {} });
  expect(told).toEqual([
    { sub: bob, email: "bob@example.com", status: "FORCE_CHANGE_PASSWORD" },
    { sub: ann, email: "ann@example.com", status: "CONFIRMED" },
    { sub: expect.any(String) as string, email: "dan@example.com", status: "FORCE_CHANGE_PASSWORD" },
  ]);
  expect((await withUsers({ dan: {} })).told.map(({ email }) => email)).toEqual(["dan@example.com"]);
});
