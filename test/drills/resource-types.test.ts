import {testDrills} from './harness/drills.js'
import {resourceTypes} from './table/resource-types.js'

testDrills(resourceTypes)
