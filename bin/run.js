#!/usr/bin/env node
// CommonJS, as bin/package.json says and as the build is: Node loads it several times as fast as ES modules.
const nodeModule = require('node:module')
const {join} = require('node:path')

start()

async function start() {
  const {answeredAtOnce} = require('../dist/answer-at-once.cjs')
  if (answeredAtOnce(process.argv.slice(2), join(__dirname, '..'))) return

  // A signal that comes while the rest loads is answered too.
  const {cannotContinue, guardFromStart} = require('../dist/early-signals.js')
  guardFromStart()

  // The SDK warns on Node 20 on every command; which Node versions work is said in package.json and tested.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  // From Node 22.8 on, what was compiled once is kept for the next command.
  nodeModule.enableCompileCache?.()

  try {
    const {run} = require('../dist/main.js')
    await run(join(__dirname, '..'))
  } catch (error) {
    cannotContinue(error)
  }
}
