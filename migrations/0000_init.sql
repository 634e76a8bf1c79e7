CREATE TABLE `edge_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`preset_id` text NOT NULL,
	`precision` text NOT NULL,
	`repeats` integer NOT NULL,
	`colo` text,
	`status` text NOT NULL,
	`body` text,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `models` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`body` text NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `predictions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`model_id` text NOT NULL,
	`device_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`runtime_id` text NOT NULL,
	`precision` text NOT NULL,
	`batch` integer NOT NULL,
	`power_mode` text NOT NULL,
	`engine_version` text NOT NULL,
	`catalog_version` text NOT NULL,
	`body` text NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `predictions_question` ON `predictions` (`model_id`,`device_id`,`unit_id`,`runtime_id`,`precision`,`batch`,`power_mode`,`engine_version`,`catalog_version`);--> statement-breakpoint
CREATE TABLE `reports` (
	`hash` text PRIMARY KEY NOT NULL,
	`model_id` text NOT NULL,
	`body` text NOT NULL,
	`created_at_ms` integer NOT NULL
);
