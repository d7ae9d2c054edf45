export {isGiven, MappingLookup} from './lookup.js'
export type {Counterpart, Mapping} from './mapping.js'
export {overlaps} from './overlaps.js'
export {readMappings} from './read-mappings.js'
