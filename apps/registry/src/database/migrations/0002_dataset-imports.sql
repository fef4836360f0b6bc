CREATE TABLE "dataset_import_blobs" (
	"import_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "dataset_import_blobs_import_id_sha256_pk" PRIMARY KEY("import_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "dataset_import_events" (
	"import_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" bigint NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "dataset_import_events_import_id_seq_pk" PRIMARY KEY("import_id","seq")
);
--> statement-breakpoint
CREATE TABLE "dataset_import_uploads" (
	"import_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"upload_id" uuid NOT NULL,
	CONSTRAINT "dataset_import_uploads_import_id_position_pk" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
CREATE TABLE "dataset_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dataset_name" text NOT NULL,
	"description" text,
	"status" text NOT NULL,
	"source" jsonb NOT NULL,
	"options" jsonb NOT NULL,
	"contract" jsonb,
	"parent_version" integer,
	"operation" text,
	"attempt" integer DEFAULT 0 NOT NULL,
	"attempt_id" text,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"progress" jsonb,
	"checkpoint" jsonb,
	"error" jsonb,
	"result" jsonb,
	"last_event" integer DEFAULT 0 NOT NULL,
	"request_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"started_at" bigint,
	"ended_at" bigint,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dataset_contracts" (
	"dataset_id" bigint NOT NULL,
	"revision" integer NOT NULL,
	"contract" jsonb,
	"updated_at" bigint NOT NULL,
	"updated_by" text NOT NULL,
	CONSTRAINT "dataset_contracts_dataset_id_revision_pk" PRIMARY KEY("dataset_id","revision")
);
--> statement-breakpoint
CREATE TABLE "dataset_version_blobs" (
	"dataset_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	CONSTRAINT "dataset_version_blobs_dataset_id_version_sha256_pk" PRIMARY KEY("dataset_id","version","sha256")
);
--> statement-breakpoint
CREATE TABLE "released_blobs" (
	"sha256" text PRIMARY KEY NOT NULL,
	"released_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "upload_pieces" (
	"upload_id" uuid NOT NULL,
	"start" bigint NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "upload_pieces_upload_id_start_pk" PRIMARY KEY("upload_id","start")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"offset" bigint DEFAULT 0 NOT NULL,
	"metadata" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "dataset_versions" DROP CONSTRAINT "dataset_versions_digest";--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "split_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "stored_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "warnings" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "parent_version" integer;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "parent_operation" text;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "quarantined_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "contract" jsonb;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "import_id" uuid;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "deleted_at" bigint;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "deleted_by" text;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "deleted_reason" text;--> statement-breakpoint
ALTER TABLE "dataset_import_blobs" ADD CONSTRAINT "dataset_import_blobs_import_id_dataset_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."dataset_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_import_events" ADD CONSTRAINT "dataset_import_events_import_id_dataset_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."dataset_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_import_uploads" ADD CONSTRAINT "dataset_import_uploads_import_id_dataset_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."dataset_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_import_uploads" ADD CONSTRAINT "dataset_import_uploads_upload_id_uploads_id_fk" FOREIGN KEY ("upload_id") REFERENCES "public"."uploads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_contracts" ADD CONSTRAINT "dataset_contracts_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_version_blobs" ADD CONSTRAINT "dataset_version_blobs_dataset_id_version_dataset_versions_dataset_id_version_fk" FOREIGN KEY ("dataset_id","version") REFERENCES "public"."dataset_versions"("dataset_id","version") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_pieces" ADD CONSTRAINT "upload_pieces_upload_id_uploads_id_fk" FOREIGN KEY ("upload_id") REFERENCES "public"."uploads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dataset_import_blobs_by_content" ON "dataset_import_blobs" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "dataset_import_uploads_by_upload" ON "dataset_import_uploads" USING btree ("upload_id");--> statement-breakpoint
CREATE INDEX "dataset_imports_by_creation" ON "dataset_imports" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "dataset_imports_by_dataset" ON "dataset_imports" USING btree ("dataset_name","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "dataset_imports_open" ON "dataset_imports" USING btree ("updated_at") WHERE status in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "dataset_imports_resumable" ON "dataset_imports" USING btree ("ended_at") WHERE checkpoint is not null;--> statement-breakpoint
CREATE INDEX "dataset_version_blobs_by_content" ON "dataset_version_blobs" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "released_blobs_by_age" ON "released_blobs" USING btree ("released_at");--> statement-breakpoint
CREATE INDEX "upload_pieces_by_content" ON "upload_pieces" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "uploads_by_creation" ON "uploads" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "uploads_by_expiry" ON "uploads" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "dataset_versions_content" ON "dataset_versions" USING btree ("dataset_id","digest","split_key") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "dataset_versions_by_parent" ON "dataset_versions" USING btree ("dataset_id","parent_version");--> statement-breakpoint
CREATE INDEX "dataset_versions_by_import" ON "dataset_versions" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "run_artifacts_by_content" ON "run_artifacts" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "training_jobs_by_dataset" ON "training_jobs" USING btree ("dataset_name","dataset_version");--> statement-breakpoint
-- Versions from before have all that they need in one blob, and the only split that there was.
UPDATE "dataset_versions" SET "stored_bytes" = "blob_size", "split" = '{"method":"stratified"}'::jsonb || "split";
--> statement-breakpoint
INSERT INTO "dataset_version_blobs" ("dataset_id", "version", "sha256", "size")
SELECT "dataset_id", "version", "blob_sha256", "blob_size" FROM "dataset_versions";
