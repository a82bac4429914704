// What this page asks its server. A change carries the antiforgery token of this session; one that is refused is told in the server's words.

let session = null;

export class Refusal extends Error {
  constructor(status, problem) {
    super(sentence(problem) ?? `The server answered ${status}.`);
    this.status = status;
    this.code = problem?.code;
  }
}

/** The session, asked for once. */
export async function open() {
  session ??= await get("data/session");
  return session;
}

export async function get(path) {
  return read(await send(path, { headers: { accept: "application/json" } }));
}

/** Makes a change. A token that is not valid any more, after a new sign-in, is renewed once. */
export async function post(path, body) {
  try {
    return await change(path, body);
  } catch (refusal) {
    if (refusal.code !== "antiforgery_failed") {
      throw refusal;
    }
    session = null;
    return change(path, body);
  }
}

async function change(path, body) {
  const { header_name: header, token } = await open();
  return read(await send(path, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json", [header]: token },
    body: JSON.stringify(body ?? {}),
  }));
}

/** A redirect leads to a page of signing in, which is no answer to any question of this page. */
async function send(path, init) {
  let response;
  try {
    response = await fetch(path, { ...init, redirect: "manual", credentials: "same-origin" });
  } catch {
    throw new Refusal(0, { detail: "The server cannot be reached." });
  }
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
    const problem = response.status === 403 ? await problemOf(response) : null;
    throw new Refusal(response.status, problem ?? { detail: "You are not signed in any more. Load the page again." });
  }
  return response;
}

async function read(response) {
  if (!response.ok) {
    throw new Refusal(response.status, await problemOf(response));
  }
  return response.json();
}

async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function sentence(problem) {
  const errors = Object.values(problem?.errors ?? {}).flat();
  return errors.length > 0 ? errors.join(" ") : problem?.detail;
}
