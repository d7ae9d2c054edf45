#!/usr/bin/env node
import module from 'node:module'

// The SDK warns on Node 20 on every command; which Node versions work is said in package.json and tested.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
// From Node 22.8 on, what was compiled once is kept for the next command.
module.enableCompileCache?.()

const {run} = await import('../dist/main.js')
await run(import.meta.url)
