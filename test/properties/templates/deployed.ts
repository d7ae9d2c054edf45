import type * as engine from '../../../src/parity/templates/deployed.js'

/** As properties read it: what a template writes is what a property finds out, so the compiler cannot know it. */
export type DeployedResource = engine.DeployedResource<any>
export type DeployedStack = engine.DeployedStack<any>
export type Deployed = engine.Deployed<any>
