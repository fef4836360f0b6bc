import { Global, Module } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock } from './clock';
import { Identifiers } from './identifiers';

/** What every slice needs: time, ids and the transaction. */
@Global()
@Module({ providers: [Clock, Identifiers, UnitOfWork], exports: [Clock, Identifiers, UnitOfWork] })
export class SourcesModule {}
