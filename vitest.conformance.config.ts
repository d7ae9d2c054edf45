import {defineConfig} from 'vitest/config'
import {longestFirst} from './test/helpers/longest-first.js'

/**
 * In this order: by the time that a Keycloak is asked for, the one that all share has started beside the others. Its
 * longest file comes as early as that.
 */
const longest = [
  ...['checkov', 'browser/browser', 'images/packages', 'keycloak/realm'],
  ...['cdk', 'keycloak/variants', 'aws-cli/versions', 'cfn-lint', 'botocore/round-trip'],
  ...['conformance/package', 'aws-cli/deleting-commands', 'agreement/agreement', 'aws-cli/storage'],
  ...['moto/compare', 'aws-cli/containers', 'aws-cli/remaining'],
]

/** Tests that ask third-party clients; .ci/run says which; they must be on the path. */
export default defineConfig({
  test: {
    include: ['test/conformance/**/*.test.ts'],
    // One deployment and one Keycloak, which all files share.
    globalSetup: ['test/conformance/setup.ts'],
    maxWorkers: 2,
    sequence: {sequencer: longestFirst(longest)},
    // The SDK is loaded once a worker, not once a file; what was translated from TypeScript once is kept.
    isolate: false,
    experimental: {fsModuleCache: true},
    env: {AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true'},
    // checkov takes 15 seconds of CPU, a multiple of that on a busy machine.
    testTimeout: 300_000,
    // On a busy machine the start of a Keycloak takes minutes, and of two after one another twice as many.
    hookTimeout: 600_000,
  },
})
