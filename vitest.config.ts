import {defineConfig} from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/conformance/**'],
    // Child processes of the end-to-end tests need both cores; more workers only queue.
    maxWorkers: 2,
    env: {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    // End-to-end tests run whole deployments; on a busy machine one takes a multiple of its usual 5 seconds.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
