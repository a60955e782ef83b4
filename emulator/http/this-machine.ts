import { globalHost } from "../../aws/hosts";
import { isLoopback } from "../address";
import type { UrlMapping } from "../cloud/network/network";

/** What browsers run or read themselves, instead of handing it to an app, and what they or the system open at other hosts. */
const NO_APP =
  /^(https|javascript|data|vbscript|file|blob|about|view-source|filesystem|wss?|s?ftp|ftps|ssh|telnet|smb|cifs|afp|nfs|davs?|ldaps?|search-ms|rdp|vnc):$/;

/**
 * Where a browser of this machine reaches a URL without leaving the machine: a program on it, by http or by a scheme of its
 * own, and what stands for a host of AWS or of `--host`.
 *
 * @returns undefined where nothing does
 */
export function onThisMachine(url: string, urls: UrlMapping): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const local = urls(url);
  if (local !== url || isOfEmulator(url, urls)) return local;
  const reached = new URL(url);
  const isHere = reached.protocol === "http:" ? isLoopback(reached) : !NO_APP.test(reached.protocol);
  return isHere ? url : undefined;
}

/** Whether it is a URL of the emulator's own, whose name may be one that `--allow-host` gives it. */
function isOfEmulator(url: string, urls: UrlMapping): boolean {
  const known = `https://${globalHost("iam")}`;
  const mapped = urls(known);
  return mapped !== known && new URL(mapped).origin === new URL(url).origin;
}
