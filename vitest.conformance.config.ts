import {defineConfig} from 'vitest/config'

/** Tests that ask third-party clients; .ci/run says which; they must be on the path. */
export default defineConfig({
  test: {
    include: ['test/conformance/**/*.test.ts'],
    // One deployment, which all files read.
    globalSetup: ['test/conformance/setup.ts'],
    maxWorkers: 2,
    env: {AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true'},
    // checkov takes 15 seconds of CPU, a multiple of that on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
