#!/usr/bin/env node
import module from 'node:module'

// A signal that comes while the rest loads is answered too.
const {cannotContinue, guardFromStart} = await import('../dist/early-signals.js')
guardFromStart()

// The SDK warns on Node 20 on every command; which Node versions work is said in package.json and tested.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
// From Node 22.8 on, what was compiled once is kept for the next command.
module.enableCompileCache?.()

try {
  const {run} = await import('../dist/main.js')
  await run(import.meta.url)
} catch (error) {
  cannotContinue(error)
}
