import {testDrills} from './harness/drills.js'
import {concurrency} from './table/concurrency.js'

testDrills(concurrency)
