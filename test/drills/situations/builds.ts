import type {Situation} from '../harness/rule-drill.js'

/** The image build ends badly; deploying again, which every advice of its kind comes down to, builds them. */
function build(rule: string, how: string): Situation {
  return {
    rule,
    start: 'network-and-data',
    command: 'mcpgw deploy --layout individual',
    faults: () => [`end-build *-container-build ${how}`],
  }
}

export const builds: readonly Situation[] = [
  build('build-timed-out', 'status=TIMED_OUT'),
  build('build-stopped', 'status=STOPPED'),
  build('build-fault', 'status=FAULT'),
  build('build-not-provisioned', 'status=FAILED phase=PROVISIONING'),
  build('image-build-failed', 'status=FAILED'),
]
