// Cavra agent hook, version 1: `cavra status` shows it, `cavra uninstall agents` takes it out.
// Every tool of Amp is asked about before it runs. Whatever is not a clear `allow` stops the call.
import { spawnSync } from "node:child_process"

const BINARY = "$BINARY"
const REJECTED = "reject-and-continue"

export default function (amp) {
  amp.on("tool.call", async (event, ctx) => {
    const payload = JSON.stringify({ event: { tool: event.tool, input: event.input ?? {} }, cwd: process.cwd() })
    const child = spawnSync(BINARY, ["hook", "agent", "amp", "--event", "tool.call"], {
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
    if (child.status !== 0 || !answer) {
      return { action: REJECTED, message: "cavra: blocked: Cavra gave no answer" }
    }
    if (answer.action === "ask") {
      const agreed = (await ctx?.ui?.confirm?.({ title: "Cavra", message: answer.message })) === true
      return agreed ? { action: "allow" } : { action: REJECTED, message: answer.message }
    }
    return answer.action === "allow" ? { action: "allow" } : { action: REJECTED, message: answer.message }
  })
}
