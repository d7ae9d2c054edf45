import type {StackProgress} from '../../src/progress.js'

const stackType = 'AWS::CloudFormation::Stack'

/** Events of one stack as they are told. Times are in seconds. */
export class Events {
  readonly #label: string
  readonly #name: string
  readonly id: string

  constructor(label: string, name: string) {
    this.#label = label
    this.#name = name
    this.id = `arn:aws:cloudformation:us-west-2:123456789012:stack/${name}/1`
  }

  /** Of a resource. */
  of(logicalId: string, status: string, seconds: number, more: Partial<StackProgress> = {}): StackProgress {
    return {
      label: this.#label,
      stackName: this.#name,
      stackId: this.id,
      logicalId,
      physicalId: '',
      type: 'AWS::SNS::Topic',
      status,
      reason: undefined,
      at: seconds * 1000,
      isStack: false,
      ...more,
    }
  }

  /** Of the stack itself. */
  own(status: string, seconds: number, reason?: string): StackProgress {
    return this.of(this.#name, status, seconds, {type: stackType, physicalId: this.id, isStack: true, reason})
  }

  /** Of a stack nested in it. */
  nested(child: Events, logicalId: string, status: string, seconds: number, reason?: string): StackProgress {
    return this.of(logicalId, status, seconds, {type: stackType, physicalId: child.id, reason})
  }
}

/** A root with two nested stacks. */
export function tree() {
  return {
    root: new Events('main', 'demo'),
    data: new Events('data', 'demo-DataStack-1A2B3C4D5E6F'),
    compute: new Events('compute', 'demo-ComputeStack-1A2B3C4D5E6F'),
  }
}
