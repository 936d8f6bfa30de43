// Cavra agent hook, version 1: `cavra status` shows it, `cavra uninstall agents` takes it out.
// Every tool of OpenCode is asked about before it runs. Whatever is not a clear `allow` stops the call.
import { spawnSync } from "node:child_process"

const BINARY = "$BINARY"

export const Cavra = async ({ directory, worktree }) => ({
  "tool.execute.before": async (input, output) => {
    const payload = JSON.stringify({
      tool: input.tool,
      sessionID: input.sessionID,
      callID: input.callID,
      args: output.args ?? {},
      cwd: directory,
      worktree,
    })
    const child = spawnSync(BINARY, ["hook", "agent", "opencode", "--event", "tool.execute.before"], {
      input: payload,
      encoding: "utf8",
      timeout: 10000,
      maxBuffer: 1 << 22,
    })
    let answer = null
    try {
      answer = JSON.parse(child.stdout)
    } catch {
      // No answer is no permission.
    }
    if (child.status !== 0 || !answer || answer.decision !== "allow") {
      throw new Error(answer?.reason ?? "cavra: blocked: Cavra gave no answer (" + (child.error?.message ?? "exit " + child.status) + ")")
    }
  },
})
