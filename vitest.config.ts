import {defineConfig} from 'vitest/config'

/** End-to-end tests run whole deployments; on a busy machine one takes a multiple of its usual 3 seconds. */
const patience = {testTimeout: 120_000, hookTimeout: 120_000}

export default defineConfig({
  test: {
    // Child processes of the end-to-end tests need both cores; more workers only queue.
    maxWorkers: 2,
    // Half of the time went into loading the same modules for every file anew. None of them keeps anything that a test
    // could see.
    isolate: false,
    // Answers of accounts live for a moment; with the 16 MiB that Node gives young objects a tenth of the CPU goes into
    // moving them.
    execArgv: ['--max-semi-space-size=64'],
    // What was translated from TypeScript once is kept until the file changes.
    experimental: {fsModuleCache: true},
    env: {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    projects: [
      {
        extends: true,
        test: {
          ...patience,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/conformance/**', 'test/drills/**', 'test/e2e/**'],
          unstubEnvs: true,
        },
      },
      {
        extends: true,
        test: {
          ...patience,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/deployed.ts'],
        },
      },
    ],
  },
})
