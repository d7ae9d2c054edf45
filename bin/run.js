#!/usr/bin/env node
import {execute} from '@oclif/core/execute'

// The SDK warns on Node 20 on every command; which Node versions work is said in package.json and tested.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

await execute({dir: import.meta.url})
