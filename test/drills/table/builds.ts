import type {Drill} from '../harness/drill.js'

const next = /^mcpgw deploy --rehearse --layout individual/
const command = 'mcpgw deploy --layout individual'

/** The image build ends badly; the rest of the environment waits for it. */
function buildEnds(how: string, fault: string, message: RegExp): Drill {
  return {
    name: `the image build ${how}`,
    start: 'network-and-data',
    faults: [`end-build *-container-build ${fault}`],
    command,
    expect: {exit: 1, code: 'STACK_FAILED', resource: 'mcp-gateway-compute/ContainerImages', message, next},
  }
}

export const builds: readonly Drill[] = [
  buildEnds('cannot be provisioned', 'status=FAULT', /FAULT.*PROVISIONING/),
  buildEnds('cannot read its source', 'status=FAILED phase=DOWNLOAD_SOURCE', /FAILED.*DOWNLOAD_SOURCE/),
  {
    name: 'the image build cannot read its source at first',
    start: 'network-and-data',
    faults: ['end-build *-container-build status=FAILED phase=DOWNLOAD_SOURCE once'],
    command,
    expect: {exit: 0, operation: 'create'},
  },
  buildEnds('fails to install', 'status=FAILED phase=INSTALL', /FAILED.*INSTALL/),
  buildEnds('fails before it builds', 'status=FAILED phase=PRE_BUILD', /FAILED.*PRE_BUILD/),
  buildEnds('fails', 'status=FAILED', /FAILED.*BUILD/),
  buildEnds('fails at one image', 'status=FAILED image=registry', /registry/),
  buildEnds('fails while it pushes', 'status=FAILED phase=POST_BUILD', /FAILED.*POST_BUILD/),
  buildEnds('is stopped by somebody', 'status=STOPPED', /STOPPED/),
  buildEnds('takes longer than the project allows', 'status=TIMED_OUT', /TIMED_OUT/),
  {
    name: 'the image build says that all is well and has left out an image, twice',
    start: 'network-and-data',
    faults: ['end-build *-container-build status=SUCCEEDED image=registry'],
    command,
    expect: {
      exit: 1,
      code: 'IMAGES_MISSING',
      resource: 'mcp-gateway-container-build',
      message: /ended SUCCEEDED, and images are missing still: mcp-gateway-registry\./,
      next,
    },
  },
  {
    name: 'the image build has left out an image, and makes it when it is asked again',
    start: 'network-and-data',
    faults: ['end-build *-container-build status=SUCCEEDED image=registry once'],
    command,
    expect: {exit: 0, operation: 'create'},
  },
  {
    name: 'a build fails in nested stacks',
    start: 'empty',
    faults: ['end-build *-container-build status=FAILED'],
    command: 'mcpgw deploy',
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: /^mcp-gateway-ComputeStack-\w+\/ContainerImages$/,
      message: /in compute, ContainerImages \(Custom::ContainerImages\) failed: .*FAILED/,
      next: /^mcpgw deploy --rehearse/,
    },
  },
  {
    name: 'new images cannot be built for an existing environment',
    start: 'deployed',
    faults: ['end-build *-container-build status=FAILED once'],
    command: 'mcpgw deploy --set GitHubBranch=v1.0.8',
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: /^mcp-gateway-ComputeStack-\w+\/ContainerImages$/,
      message: /UPDATE_ROLLBACK_COMPLETE.*FAILED/,
      next: /^mcpgw deploy --rehearse --set GitHubBranch=v1\.0\.8/,
    },
  },
  {
    name: 'no image can be built any more: the rollback takes those that are there',
    start: 'deployed',
    faults: ['end-build *-container-build status=FAILED'],
    command: 'mcpgw deploy --set GitHubBranch=v1.0.8',
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: /^mcp-gateway-ComputeStack-\w+\/ContainerImages$/,
      message: /UPDATE_ROLLBACK_COMPLETE.*FAILED/,
      next: /^mcpgw deploy --rehearse --set GitHubBranch=v1\.0\.8/,
    },
  },
  {
    name: 'a task does not find its image at first',
    start: 'no-services',
    faults: ['missing-image *-registry times=1'],
    command,
    expect: {exit: 0, operation: 'create'},
  },
  {
    name: 'a task never finds its image',
    start: 'no-services',
    faults: ['missing-image *-registry'],
    command,
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: /^mcp-gateway-services\/Registry\w*$/,
      message: /circuit breaker/i,
      next,
    },
  },
]
