-- The stand-in shop's database.
--
-- Days are 'YYYY-MM-DD', times are 'YYYY-MM-DD HH:MM:SS', both in Asia/Jakarta. Money is whole rupiah. Weight is grams.
-- Phones, postal codes, account and waybill numbers are text. Flags are 0 or 1 unless the service's own words are Y and N.
-- What an order shows of a customer, a supplier or a product is copied into the order when it is made.
-- A row with deleted_at is gone for every list but still named by old orders. Tables whose rows are really deleted count
-- with AUTOINCREMENT, so that no id is ever given twice.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,           -- schema_version, seed, orders, built_day
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE province (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- region.list calls a city `district` and a district `subdistrict`; everywhere else district_id is district.id.
CREATE TABLE city (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,        -- 'Kabupaten Malang', 'Kota Bandung'
    province_id INTEGER NOT NULL REFERENCES province
);

CREATE TABLE district (
    id           INTEGER PRIMARY KEY,
    object_id    TEXT NOT NULL UNIQUE, -- region.list _id, 24 hex digits
    name         TEXT NOT NULL,
    city_id      INTEGER NOT NULL REFERENCES city,
    postal_codes TEXT NOT NULL,        -- JSON array of text
    shipper_id   INTEGER NOT NULL      -- the courier network's own number of this district
);
CREATE INDEX district_name ON district (name COLLATE NOCASE);

CREATE TABLE user (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    email      TEXT NOT NULL UNIQUE,
    phone      TEXT NOT NULL,
    level      TEXT NOT NULL CHECK (level IN ('Owner', 'Admin')),
    token      TEXT NOT NULL UNIQUE,   -- the bearer token that speaks for this user
    password   TEXT                    -- NULL until user.update_profile sets one
);

CREATE TABLE supplier (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL,
    district_id    INTEGER NOT NULL REFERENCES district,
    phone          TEXT NOT NULL,
    address        TEXT NOT NULL,
    description    TEXT NOT NULL DEFAULT '',
    shipper_status TEXT NOT NULL DEFAULT 'ACTIVE'
);

CREATE TABLE shop (
    id                 INTEGER PRIMARY KEY,
    username           TEXT NOT NULL,
    shop_name          TEXT NOT NULL,
    account_name       TEXT NOT NULL,
    subdomain          TEXT NOT NULL,
    status             TEXT NOT NULL,  -- ACTIVE
    class              TEXT NOT NULL,  -- PLATINUM
    join_date          TEXT NOT NULL,
    expired_date       TEXT NOT NULL,
    phone              TEXT NOT NULL,
    courier            TEXT NOT NULL,  -- 'JNE,TIKI,...'
    address            TEXT NOT NULL,
    description        TEXT NOT NULL DEFAULT '',
    shipper_status     TEXT NOT NULL,  -- ACTIVE or NON ACTIVE
    note               TEXT,
    logo               TEXT NOT NULL DEFAULT '',
    store_front        INTEGER NOT NULL,
    warehouse          INTEGER NOT NULL,
    shopee_active      INTEGER NOT NULL,
    active_supplier_id INTEGER NOT NULL REFERENCES supplier,
    xendit_key         TEXT NOT NULL,
    is_xendit_active   INTEGER NOT NULL,
    awb_notifications  INTEGER NOT NULL -- credit left, told by order.add_awb
);

-- id 0 is the main warehouse, 'Gudang Utama', and a real id.
CREATE TABLE warehouse (
    id          INTEGER PRIMARY KEY,
    warehouse   TEXT NOT NULL,
    supplier_id INTEGER NOT NULL REFERENCES supplier,
    is_active   INTEGER NOT NULL DEFAULT 1,
    deleted_at  TEXT
);

CREATE TABLE warehouse_user (
    warehouse_id INTEGER NOT NULL REFERENCES warehouse,
    user_id      INTEGER NOT NULL REFERENCES user,
    PRIMARY KEY (warehouse_id, user_id)
) WITHOUT ROWID;

CREATE TABLE root_category (
    id         INTEGER PRIMARY KEY,
    categories TEXT NOT NULL
);

CREATE TABLE product_category (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    name               TEXT NOT NULL,
    root_categories_id INTEGER REFERENCES root_category,
    updated_at         TEXT
);

CREATE TABLE product (
    id                 INTEGER PRIMARY KEY,
    name               TEXT NOT NULL,
    product_type       TEXT NOT NULL CHECK (product_type IN ('S', 'R', 'PO')),
    preorder_type      TEXT CHECK (preorder_type IN ('day', 'week')),
    preorder_number    INTEGER,
    category_id        INTEGER NOT NULL DEFAULT 0,   -- product_category.id, 0 is none
    root_categories_id INTEGER REFERENCES root_category,
    description        TEXT NOT NULL DEFAULT '',     -- may hold HTML
    discount           INTEGER NOT NULL DEFAULT 0,
    weight             INTEGER NOT NULL DEFAULT 0,
    is_warehouse       INTEGER NOT NULL DEFAULT 0,   -- 1: stock is kept in several warehouses; 0: in warehouse 0 only
    publish_status     TEXT NOT NULL DEFAULT 'Y' CHECK (publish_status IN ('Y', 'N')),
    show_stock         TEXT NOT NULL DEFAULT 'Y' CHECK (show_stock IN ('Y', 'N')),
    wholesale_status   TEXT NOT NULL DEFAULT 'N' CHECK (wholesale_status IN ('Y', 'N')),
    has_variation      TEXT NOT NULL DEFAULT 'Y' CHECK (has_variation IN ('Y', 'N')),
    channel            TEXT CHECK (channel IN ('JURNAL', 'SHOPEE')),
    is_archived        INTEGER NOT NULL DEFAULT 0,
    image              TEXT NOT NULL DEFAULT '',
    thumbnail          TEXT NOT NULL DEFAULT '',
    shop_id            INTEGER NOT NULL REFERENCES shop,
    user_id            INTEGER NOT NULL REFERENCES user,
    created_at         TEXT NOT NULL,
    updated_at         TEXT NOT NULL,
    deleted_at         TEXT
);
CREATE INDEX product_name ON product (name COLLATE NOCASE);

CREATE TABLE variation (
    id             INTEGER PRIMARY KEY,  -- variation_id = product_meta_id
    product_id     INTEGER NOT NULL REFERENCES product,
    sku            TEXT NOT NULL,
    color          TEXT NOT NULL DEFAULT '',
    size           TEXT NOT NULL DEFAULT '',
    weight         INTEGER NOT NULL DEFAULT 0,
    price_buy      INTEGER NOT NULL DEFAULT 0,
    price          INTEGER NOT NULL DEFAULT 0,         -- category N
    price_reseller INTEGER NOT NULL DEFAULT 0,         -- Y
    price_dropship INTEGER NOT NULL DEFAULT 0,         -- D
    price1         INTEGER NOT NULL DEFAULT 0,         -- "1", "2", "3"
    price2         INTEGER NOT NULL DEFAULT 0,
    price3         INTEGER NOT NULL DEFAULT 0,
    stock          TEXT NOT NULL DEFAULT 'Y' CHECK (stock IN ('Y', 'N')), -- for types R and PO: to be had or not
    stock_quantity INTEGER NOT NULL DEFAULT 0,         -- sum over warehouses; kept by the trigger below, never write it
    images         TEXT NOT NULL DEFAULT '[]',         -- JSON array of addresses
    primary_image  INTEGER,
    deleted_at     TEXT
);
CREATE INDEX variation_product ON variation (product_id);
CREATE UNIQUE INDEX variation_sku ON variation (sku) WHERE deleted_at IS NULL AND sku <> '';

CREATE TABLE wholesale (
    id            INTEGER PRIMARY KEY,
    product_id    INTEGER NOT NULL REFERENCES product,
    from_quantity INTEGER NOT NULL,
    to_quantity   INTEGER NOT NULL,
    price         INTEGER NOT NULL
);
CREATE INDEX wholesale_product ON wholesale (product_id, from_quantity);

CREATE TABLE promo (
    id             INTEGER PRIMARY KEY,
    title          TEXT NOT NULL,
    product_id     INTEGER NOT NULL REFERENCES product,
    discount_promo INTEGER NOT NULL,    -- rupiah off the price of one piece
    category_code  TEXT,                -- customers of this category only; NULL for all
    start_date     TEXT NOT NULL,
    end_date       TEXT NOT NULL
);
CREATE INDEX promo_product ON promo (product_id);

-- Kept by the trigger below, never write it.
CREATE TABLE warehouse_stock (
    variation_id INTEGER NOT NULL REFERENCES variation,
    warehouse_id INTEGER NOT NULL REFERENCES warehouse,
    stock        INTEGER NOT NULL CHECK (stock >= 0),
    PRIMARY KEY (variation_id, warehouse_id)
) WITHOUT ROWID;
CREATE INDEX warehouse_stock_warehouse ON warehouse_stock (warehouse_id, stock);

-- The only way to change stock is to add a line here: insert without old and last, the trigger moves the stock and
-- fills them. A line that would take more than is there fails (sqlite3.IntegrityError, CHECK on warehouse_stock).
-- (The world's builder alone, who has counted along, writes old, last and warehouse_stock itself.)
CREATE TABLE stock_history (
    id                INTEGER PRIMARY KEY,
    variation_id      INTEGER NOT NULL REFERENCES variation,
    warehouse_id      INTEGER NOT NULL REFERENCES warehouse,
    at                TEXT NOT NULL,
    user_id           INTEGER NOT NULL,   -- 0: the system
    reason            TEXT NOT NULL CHECK (reason IN ('initial', 'order', 'cancel', 'return', 'edit', 'opname',
                                                      'transfer', 'manual', 'sync')),
    description       TEXT NOT NULL,
    order_id          INTEGER,            -- stays when the order is deleted for good
    stock_opname_id   INTEGER,
    stock_transfer_id INTEGER,
    stock_in          INTEGER NOT NULL DEFAULT 0 CHECK (stock_in >= 0),
    stock_out         INTEGER NOT NULL DEFAULT 0 CHECK (stock_out >= 0),
    old               INTEGER,            -- stock of this warehouse before
    last              INTEGER             -- and after
);
CREATE INDEX stock_history_variation ON stock_history (variation_id, warehouse_id, at);
CREATE INDEX stock_history_order ON stock_history (order_id);

CREATE TRIGGER stock_history_moves_stock AFTER INSERT ON stock_history WHEN NEW.last IS NULL
BEGIN
    INSERT INTO warehouse_stock (variation_id, warehouse_id, stock)
        SELECT NEW.variation_id, NEW.warehouse_id, 0
        WHERE NOT EXISTS (SELECT 1 FROM warehouse_stock
                          WHERE variation_id = NEW.variation_id AND warehouse_id = NEW.warehouse_id);
    UPDATE warehouse_stock SET stock = stock + NEW.stock_in - NEW.stock_out
        WHERE variation_id = NEW.variation_id AND warehouse_id = NEW.warehouse_id;
    UPDATE variation SET stock_quantity = stock_quantity + NEW.stock_in - NEW.stock_out
        WHERE id = NEW.variation_id;
    UPDATE stock_history
        SET (last, old) = (SELECT stock, stock - NEW.stock_in + NEW.stock_out FROM warehouse_stock
                           WHERE variation_id = NEW.variation_id AND warehouse_id = NEW.warehouse_id)
        WHERE id = NEW.id;
END;

CREATE TABLE stock_transfer (
    id                       INTEGER PRIMARY KEY,
    description              TEXT NOT NULL,
    origin_warehouse_id      INTEGER NOT NULL REFERENCES warehouse,
    destination_warehouse_id INTEGER NOT NULL REFERENCES warehouse,
    progress_status          TEXT NOT NULL DEFAULT 'SUCCESS',  -- ON PROGRESS, SUCCESS
    processed                INTEGER NOT NULL DEFAULT 0,
    created_by               INTEGER NOT NULL REFERENCES user,
    created_at               TEXT NOT NULL
);
CREATE INDEX stock_transfer_created ON stock_transfer (created_at);

CREATE TABLE stock_transfer_line (
    id                INTEGER PRIMARY KEY,
    stock_transfer_id INTEGER NOT NULL REFERENCES stock_transfer ON DELETE CASCADE,
    variation_id      INTEGER NOT NULL REFERENCES variation,
    transfered_stock  INTEGER NOT NULL CHECK (transfered_stock > 0)   -- the service's spelling
);
CREATE INDEX stock_transfer_line_transfer ON stock_transfer_line (stock_transfer_id);

CREATE TABLE stock_opname (
    id              INTEGER PRIMARY KEY,
    description     TEXT NOT NULL,
    warehouse_id    INTEGER NOT NULL REFERENCES warehouse,
    progress_status TEXT NOT NULL DEFAULT 'ON PROGRESS' CHECK (progress_status IN ('ON PROGRESS', 'SUCCESS')),
    processed       INTEGER NOT NULL DEFAULT 0,
    created_by      INTEGER NOT NULL REFERENCES user,
    created_at      TEXT NOT NULL
);
CREATE INDEX stock_opname_created ON stock_opname (created_at);

-- variation_total is the number of lines. system_stock and changed_stock are NULL until the line is processed.
CREATE TABLE stock_opname_line (
    id              INTEGER PRIMARY KEY,
    stock_opname_id INTEGER NOT NULL REFERENCES stock_opname ON DELETE CASCADE,
    variation_id    INTEGER NOT NULL REFERENCES variation,
    warehouse_stock INTEGER NOT NULL CHECK (warehouse_stock >= 0),  -- counted
    system_stock    INTEGER,
    changed_stock   INTEGER                                         -- counted less system
);
CREATE INDEX stock_opname_line_opname ON stock_opname_line (stock_opname_id);

CREATE TABLE customer_category (
    id               INTEGER PRIMARY KEY,
    code             TEXT NOT NULL UNIQUE,   -- N, Y, D, "1", "2", "3"
    category_name    TEXT NOT NULL,
    status           TEXT NOT NULL CHECK (status IN ('ACTIVE', 'NON ACTIVE')),
    discount_access  INTEGER NOT NULL,
    wholesale_access INTEGER NOT NULL
);

CREATE TABLE customer (
    id                  INTEGER PRIMARY KEY,
    name                TEXT NOT NULL,
    phone               TEXT NOT NULL,
    district_id         INTEGER NOT NULL REFERENCES district,
    address             TEXT NOT NULL,       -- the street; the whole address is put together for answers
    postal_code         TEXT NOT NULL DEFAULT '',
    email               TEXT,
    line                TEXT,
    other               TEXT,
    category_code       TEXT NOT NULL REFERENCES customer_category (code),
    is_active           TEXT NOT NULL DEFAULT 'N' CHECK (is_active IN ('Y', 'N', 'R', 'T')),
    registration_status TEXT NOT NULL DEFAULT '0' CHECK (registration_status IN ('0', '1', '4', 'T', 'R')),
    last_order_at       TEXT,
    created_by          INTEGER NOT NULL DEFAULT 0,
    created_at          TEXT NOT NULL,
    updated_at          TEXT NOT NULL,
    deleted_at          TEXT
);
CREATE INDEX customer_name ON customer (name COLLATE NOCASE);
CREATE INDEX customer_created ON customer (created_at);
CREATE INDEX customer_phone ON customer (phone);
CREATE INDEX customer_email ON customer (email);

CREATE TABLE bank_master (
    bank_type     TEXT PRIMARY KEY,
    bank_label    TEXT NOT NULL,
    bank_family   TEXT NOT NULL,
    image         TEXT NOT NULL,
    web_login_url TEXT NOT NULL,
    is_business   INTEGER NOT NULL,   -- a corporate_id is needed
    status        INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE xendit_bank (
    id                INTEGER PRIMARY KEY,
    name              TEXT NOT NULL,
    code              TEXT NOT NULL,
    can_disburse      INTEGER NOT NULL,
    can_name_validate INTEGER NOT NULL
);

CREATE TABLE bank (
    bank_id          INTEGER PRIMARY KEY,
    bank_type        TEXT NOT NULL,
    bank_name        TEXT NOT NULL,
    branch           TEXT NOT NULL DEFAULT '',
    holder_name      TEXT NOT NULL,
    account_number   TEXT,             -- NULL for virtual accounts and balances
    image            TEXT NOT NULL DEFAULT '',
    type             TEXT NOT NULL CHECK (type IN ('BANK', 'PAYMENT GATEWAY')),
    username         TEXT,
    pin              TEXT,
    corporate_id     TEXT,
    follows_mutation INTEGER NOT NULL DEFAULT 0,
    deleted_at       TEXT
);

-- The courier number is what order.list and order.download filter by. 98: fetched at the shop, 99: typed by hand.
CREATE TABLE courier (
    number          INTEGER PRIMARY KEY,
    name            TEXT NOT NULL,     -- logistic_name: 'JNE', 'SiCepat'
    expedition_name TEXT NOT NULL,     -- 'jne', 'sicepat': the word of the shipment endpoints
    awb_prefix      TEXT NOT NULL,
    logo_url        TEXT NOT NULL,
    is_cod          INTEGER NOT NULL,  -- may carry cash on delivery
    needs_reason    INTEGER NOT NULL,  -- a pickup is not called off without a reason
    min_pickup      INTEGER NOT NULL DEFAULT 0,
    min_drop_off    INTEGER NOT NULL DEFAULT 0
);

-- id is expedition.list's; rate_id is expedition.get_cost's and is what an order is made with.
CREATE TABLE expedition (
    id               INTEGER PRIMARY KEY,
    rate_id          INTEGER NOT NULL UNIQUE,
    courier_number   INTEGER NOT NULL REFERENCES courier,
    rate_name        TEXT NOT NULL,
    show_name        TEXT NOT NULL CHECK (show_name IN ('Regular', 'Express', 'Trucking')),
    pickup_available TEXT NOT NULL,    -- AVAILABLE or NOT AVAILABLE
    drop_off         INTEGER NOT NULL,
    is_active        INTEGER NOT NULL, -- expedition.list_active
    storefront       INTEGER NOT NULL, -- storefront_courier: on or off
    rate_city        INTEGER NOT NULL, -- rupiah a begun kilogram: same city, same province, elsewhere
    rate_province    INTEGER NOT NULL,
    rate_far         INTEGER NOT NULL,
    min_weight       INTEGER NOT NULL DEFAULT 1, -- kilograms that are charged at least
    min_day          INTEGER NOT NULL,
    max_day          INTEGER NOT NULL
);
CREATE INDEX expedition_courier ON expedition (courier_number);

CREATE TABLE custom_courier (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    fee  INTEGER NOT NULL
);

CREATE TABLE marketplace (
    marketplace_id   INTEGER PRIMARY KEY,
    marketplace_name TEXT NOT NULL
);

CREATE TABLE order_source (
    id             INTEGER PRIMARY KEY,
    marketplace_id INTEGER NOT NULL REFERENCES marketplace,
    note           TEXT NOT NULL,
    status         TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'NON ACTIVE'))
);

CREATE TABLE order_cost (
    order_cost_id TEXT PRIMARY KEY,   -- 24 hex digits
    category      TEXT NOT NULL CHECK (category IN ('DISCOUNT', 'OTHER COST')),
    name          TEXT NOT NULL,
    type          TEXT NOT NULL CHECK (type IN ('NOMINAL', 'PERCENTAGE')),
    nominal       INTEGER NOT NULL DEFAULT 0,
    percentage    INTEGER NOT NULL DEFAULT 0
);

-- A Privor or Storefront payment covers the orders whose privor_payment_id it is. Unconfirmed: decided_at is NULL.
CREATE TABLE privor_payment (
    payment_id              INTEGER PRIMARY KEY,
    payment_from            TEXT NOT NULL CHECK (payment_from IN ('Privor', 'Storefront')),
    payment_status_code     INTEGER NOT NULL CHECK (payment_status_code IN (3, 4)),
    payment_status          TEXT NOT NULL CHECK (payment_status IN ('Confirmed Pay', 'Waiting for Payment')),
    nominal_invoice         INTEGER NOT NULL,   -- sum of its orders' totals
    nominal_unique          INTEGER NOT NULL,
    nominal_transfer        INTEGER,            -- what the buyer says was sent; NULL until confirmed
    is_installment          INTEGER NOT NULL DEFAULT 0,
    installment_transferred INTEGER,
    payment_type            INTEGER NOT NULL DEFAULT 1,
    payment_fee             INTEGER,
    pg_provider             TEXT,               -- 'xendit', 'saldo' (OrderPay) or NULL for a transfer by hand
    is_manual_payment       TEXT NOT NULL DEFAULT 'Y' CHECK (is_manual_payment IN ('Y', 'N')),
    xendit_id               TEXT,
    va_no                   TEXT,
    customer_id             INTEGER NOT NULL REFERENCES customer,
    is_member               INTEGER NOT NULL,   -- MEMBER or GUEST
    bank_id                 INTEGER NOT NULL REFERENCES bank,
    holder_name             TEXT,               -- who sent the money
    transfer_image          TEXT,
    note                    TEXT,
    description             TEXT NOT NULL DEFAULT '',
    created_by              INTEGER NOT NULL,   -- customer.id
    updated_by              INTEGER,
    created_at              TEXT NOT NULL,
    updated_at              TEXT,
    confirmed_at            TEXT,               -- by the buyer
    paid_at                 TEXT,
    expired_at              TEXT NOT NULL,
    decided_at              TEXT,               -- by the shop, each of its orders; or by the clock
    old_payment_id          INTEGER
);
CREATE INDEX privor_payment_open ON privor_payment (decided_at, payment_status_code, created_at);

-- goods_amount       = sum of its lines' quantity * price - discount_amount; percentages are of this, rounded down
-- total_amount       = goods_amount + shipping_cost - shipping_discount + other_cost_amount + insurance_amount - discount_amount
-- paid_amount        = sum of its order_payment.nominal; what remains is total_amount - paid_amount
-- order_status WAITING is a Privor or Storefront order that the shop has not decided: no list but
-- storefront.* and (by its payment_status) order.list_details shows it, and it has taken no stock.
CREATE TABLE orders (
    order_id              INTEGER PRIMARY KEY AUTOINCREMENT,
    object_id             TEXT NOT NULL,               -- order.list_details _id, 24 hex digits
    po_number             INTEGER NOT NULL UNIQUE,     -- one more than the greatest so far
    shop_id               INTEGER NOT NULL,
    order_date            TEXT NOT NULL,               -- day
    order_status          TEXT NOT NULL CHECK (order_status IN ('ACCEPTED', 'CANCELED', 'REJECTED', 'EXPIRED', 'WAITING')),
    order_category        TEXT NOT NULL CHECK (order_category IN ('APP', 'PRIVOR', 'STORE_FRONT', 'SHOPEE', 'QUICK_ORDER',
                                                                  'UNCATEGORIZED')),
    order_progress_status TEXT NOT NULL CHECK (order_progress_status IN ('UNPAID', 'INSTALLMENT', 'NO AWB', 'ON PROCESS',
                                                                         'DELIVERED')),
    payment_status        TEXT NOT NULL CHECK (payment_status IN ('UNPAID', 'INSTALLMENT', 'PAID', 'FAIL', 'EXPIRED',
                                                                  'WAITING PAYMENT', 'WAITING_CONFIRMATION', 'REFUND_REJECTED')),
    payment_date          TEXT,                        -- day of the last payment
    product_status        TEXT NOT NULL CHECK (product_status IN ('S', 'R', 'PO')), -- of its first line
    is_member             INTEGER NOT NULL DEFAULT 0,  -- Storefront: SF_MEMBER or SF_GUEST

    customer_sender_id    INTEGER NOT NULL REFERENCES customer,  -- the dropshipper, or the buyer himself
    sender_name           TEXT NOT NULL,
    sender_phone          TEXT NOT NULL,
    sender_address        TEXT NOT NULL,
    sender_category_code  TEXT NOT NULL,
    sender_category       TEXT NOT NULL,
    customer_receiver_id  INTEGER NOT NULL REFERENCES customer,
    receiver_name         TEXT NOT NULL,
    receiver_phone        TEXT NOT NULL,
    receiver_address      TEXT NOT NULL,               -- whole: street, district, city, postal code, province
    receiver_district_id  INTEGER NOT NULL,
    receiver_postal_code  TEXT NOT NULL DEFAULT '',
    is_dropship           INTEGER NOT NULL DEFAULT 0,  -- sender is not receiver

    supplier_id           INTEGER NOT NULL REFERENCES supplier,
    origin_name           TEXT NOT NULL,
    origin_phone          TEXT NOT NULL,
    origin_address        TEXT NOT NULL,
    order_source_id       INTEGER REFERENCES order_source,
    order_source          TEXT NOT NULL DEFAULT '',    -- its note when the order was made

    courier_number        INTEGER NOT NULL,
    expedition_id         INTEGER,                     -- service id; NULL for couriers 98 and 99
    rate_id               INTEGER,                     -- what was sent as expedition.id
    shipping_logistic     TEXT NOT NULL,
    shipping_rate         TEXT NOT NULL DEFAULT '',
    shipping_cost         INTEGER NOT NULL DEFAULT 0,
    shipping_discount     INTEGER NOT NULL DEFAULT 0,
    auto_pickup           INTEGER NOT NULL DEFAULT 0,
    weight                INTEGER NOT NULL DEFAULT 0,

    goods_amount          INTEGER NOT NULL,
    discount_amount       INTEGER NOT NULL DEFAULT 0,
    other_cost_amount     INTEGER NOT NULL DEFAULT 0,
    insurance_amount      INTEGER NOT NULL DEFAULT 0,
    total_amount          INTEGER NOT NULL,
    paid_amount           INTEGER NOT NULL DEFAULT 0,
    cost_of_goods_sold    INTEGER NOT NULL DEFAULT 0,  -- sum of its lines' quantity * price_buy (S, PO)
    cost_of_goods_sales   INTEGER NOT NULL DEFAULT 0,  -- owed to another's supplier, typed when a line is R
    bank_id               INTEGER REFERENCES bank,     -- of the last payment
    bank_name             TEXT,
    privor_payment_id     INTEGER REFERENCES privor_payment,

    awb_number            TEXT,
    awb_updated_at        TEXT,
    marketplace_awb       TEXT,
    shipment_status       TEXT CHECK (shipment_status IN ('READY_TO_SHIP', 'PICKUP_REQUEST', 'UNPICK', 'ON_PROCESS',
                              'DELIVERED', 'RETURNED', 'LOST', 'INVALID', 'SHIPMENT_PROBLEM', 'DROPOFF')), -- NULL: not listed
    shipment_service      TEXT CHECK (shipment_service IN ('PICKUP', 'DROP_OFF')),
    request_date          TEXT,                        -- time the pickup was asked for
    pickup_cancel_reason  TEXT,
    shipper_tracking      TEXT,                        -- the courier network's own tracking id
    is_cod                INTEGER NOT NULL DEFAULT 0,
    cod_amount            INTEGER NOT NULL DEFAULT 0,
    delivered_at          TEXT,

    shopee_invoice        TEXT,                        -- ordersn
    shopee                TEXT,                        -- JSON object as order.list_details shows it
    coupon                TEXT,
    note                  TEXT NOT NULL DEFAULT '',
    is_printed            INTEGER NOT NULL DEFAULT 0,
    is_note_print         INTEGER NOT NULL DEFAULT 1,
    send_sms              INTEGER NOT NULL DEFAULT 0,
    source                TEXT NOT NULL DEFAULT 'WEB', -- MOBILE or WEB
    canceled_at           TEXT,                        -- canceled, rejected or expired
    canceled_by           INTEGER,
    created_by            INTEGER NOT NULL,            -- user.id, 0: the web store
    created_by_name       TEXT NOT NULL DEFAULT '',
    created_at            TEXT NOT NULL,
    updated_by            INTEGER,
    updated_by_name       TEXT NOT NULL DEFAULT '',
    updated_at            TEXT NOT NULL
);
CREATE INDEX orders_by_date ON orders (order_status, order_date, order_id, payment_status, order_progress_status, order_category);
CREATE INDEX orders_by_payment_date ON orders (order_status, payment_date, order_id, order_date);
CREATE INDEX orders_by_creation ON orders (created_at, order_id);
CREATE INDEX orders_by_sender ON orders (customer_sender_id, order_date);
CREATE INDEX orders_by_receiver ON orders (customer_receiver_id, order_date);
CREATE INDEX orders_by_awb ON orders (awb_number) WHERE awb_number IS NOT NULL;
CREATE INDEX orders_by_shipment ON orders (shipment_status, order_date) WHERE shipment_status IS NOT NULL;
CREATE INDEX orders_by_privor_payment ON orders (privor_payment_id) WHERE privor_payment_id IS NOT NULL;

CREATE TABLE order_line (
    id                  INTEGER PRIMARY KEY,
    order_id            INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    variation_id        INTEGER NOT NULL REFERENCES variation,
    product_id          INTEGER NOT NULL,
    category_id         INTEGER NOT NULL DEFAULT 0,
    name                TEXT NOT NULL,             -- the product's
    sku                 TEXT NOT NULL,
    color               TEXT NOT NULL DEFAULT '',
    size                TEXT NOT NULL DEFAULT '',
    product_status      TEXT NOT NULL CHECK (product_status IN ('S', 'R', 'PO')),
    warehouse_id        INTEGER REFERENCES warehouse, -- NULL for types R and PO
    quantity            INTEGER NOT NULL CHECK (quantity > 0),
    price               INTEGER NOT NULL,          -- of one piece
    price_buy           INTEGER NOT NULL DEFAULT 0,
    weight              INTEGER NOT NULL DEFAULT 0,   -- of one piece
    discount_type       TEXT CHECK (discount_type IN ('NOMINAL', 'PERCENTAGE')),
    discount_percentage INTEGER NOT NULL DEFAULT 0,
    discount_nominal    INTEGER NOT NULL DEFAULT 0,   -- as typed
    discount_promo      INTEGER NOT NULL DEFAULT 0,   -- replaces the line discount
    promo_id            INTEGER,
    discount_amount     INTEGER NOT NULL DEFAULT 0    -- what the whole line's discount comes to
);
CREATE INDEX order_line_order ON order_line (order_id, variation_id, warehouse_id);
CREATE INDEX order_line_variation ON order_line (variation_id);

CREATE TABLE order_cost_line (
    id            INTEGER PRIMARY KEY,
    order_id      INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    category      TEXT NOT NULL CHECK (category IN ('DISCOUNT', 'OTHER COST', 'INSURANCE')),
    name          TEXT NOT NULL,
    type          TEXT NOT NULL CHECK (type IN ('NOMINAL', 'PERCENTAGE')),
    nominal       INTEGER NOT NULL DEFAULT 0,
    percentage    INTEGER NOT NULL DEFAULT 0,
    amount        INTEGER NOT NULL               -- what it comes to in this order
);
CREATE INDEX order_cost_line_order ON order_cost_line (order_id);

CREATE TABLE order_payment (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,  -- payment_id of order.list_payment_history
    order_id          INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    privor_payment_id INTEGER,                            -- payment_id of the payment that covered the order
    bank_id           INTEGER NOT NULL REFERENCES bank,
    nominal           INTEGER NOT NULL CHECK (nominal > 0),
    status            TEXT NOT NULL CHECK (status IN ('INSTALLMENT', 'PAID')), -- the order's state after it
    description       TEXT NOT NULL DEFAULT '',
    note              TEXT,
    payment_fee       INTEGER,
    pg_provider       TEXT,
    va_no             TEXT,
    type              INTEGER NOT NULL DEFAULT 1,
    is_confirmed      INTEGER NOT NULL DEFAULT 1,
    paid_at           TEXT NOT NULL,                      -- day
    created_by        INTEGER NOT NULL,
    created_at        TEXT NOT NULL
);
CREATE INDEX order_payment_order ON order_payment (order_id);
CREATE INDEX order_payment_bank ON order_payment (bank_id, paid_at);
CREATE INDEX order_payment_privor ON order_payment (privor_payment_id) WHERE privor_payment_id IS NOT NULL;

CREATE TABLE tracking (
    id       INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    at       TEXT NOT NULL,
    code     TEXT NOT NULL,               -- expedition.track's desc: PICKREQ, IN, OUT, ANT, DELIVERED ...
    location TEXT NOT NULL                -- the sentence
);
CREATE INDEX tracking_order ON tracking (order_id, at);

CREATE TABLE shipment_invoice (
    id              TEXT PRIMARY KEY,     -- opaque
    at              TEXT NOT NULL,
    expedition_name TEXT NOT NULL,
    invoice_number  TEXT NOT NULL,
    total           INTEGER NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('PENDING', 'COMPLETE'))
);

CREATE TABLE cod_payment (
    id              INTEGER PRIMARY KEY,
    at              TEXT NOT NULL,
    expedition_name TEXT NOT NULL,
    invoice_number  TEXT,
    description     TEXT NOT NULL,
    total           INTEGER NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('PENDING', 'COMPLETE'))
);

CREATE TABLE admin_fee (
    id            INTEGER PRIMARY KEY,
    nominal       INTEGER NOT NULL CHECK (nominal BETWEEN 0 AND 4500),
    category_code TEXT NOT NULL REFERENCES customer_category (code)
);

-- Money in and out of the two balances: a balance is the sum of its lines, + and -. transaction_number is '#INV' and the id.
CREATE TABLE payment (
    id           INTEGER PRIMARY KEY,
    payment_type TEXT NOT NULL CHECK (payment_type IN ('ORDER_PAY', 'PAYMENT_GATEWAY')),
    type_id      INTEGER NOT NULL,        -- 1 payment of an order, 2 withdrawal, 3 refund
    direction    TEXT NOT NULL CHECK (direction IN ('+', '-')),
    at           TEXT NOT NULL,
    title        TEXT NOT NULL,
    description  TEXT NOT NULL,
    nominal      INTEGER NOT NULL CHECK (nominal > 0),
    on_hold      INTEGER NOT NULL DEFAULT 0,  -- + not yet withdrawable, - withdrawal under way
    order_id     INTEGER
);
CREATE INDEX payment_at ON payment (payment_type, at);

CREATE TABLE withdrawal (
    id             INTEGER PRIMARY KEY,
    payment_id     INTEGER NOT NULL REFERENCES payment,
    xendit_bank_id INTEGER NOT NULL REFERENCES xendit_bank,
    nominal        INTEGER NOT NULL CHECK (nominal >= 50000),
    fee            INTEGER NOT NULL,
    holder_name    TEXT NOT NULL,
    account_number TEXT NOT NULL,
    at             TEXT NOT NULL,
    user_id        INTEGER NOT NULL
);

CREATE TABLE expense (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    title      TEXT NOT NULL,
    nominal    INTEGER NOT NULL,          -- of one
    qty        INTEGER NOT NULL DEFAULT 1,
    note       TEXT NOT NULL DEFAULT '',
    date       TEXT NOT NULL,
    user_id    INTEGER NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX expense_date ON expense (date);

CREATE TABLE notification (
    id         TEXT PRIMARY KEY,          -- UUID
    kind       TEXT NOT NULL CHECK (kind IN ('ACTIVITY', 'NEWS')),
    title      TEXT NOT NULL,
    content    TEXT NOT NULL,             -- HTML
    body       TEXT NOT NULL,             -- the same without HTML
    icon       TEXT NOT NULL DEFAULT '',
    web_path   TEXT NOT NULL DEFAULT '',
    data_id    INTEGER,                   -- action; all three NULL when there is nothing to do
    type       TEXT,
    api_path   TEXT,
    created_at TEXT NOT NULL,
    read_at    TEXT
);
CREATE INDEX notification_kind ON notification (kind, created_at);

CREATE TABLE device_token (
    token      TEXT PRIMARY KEY,
    device     TEXT NOT NULL,
    user_id    INTEGER NOT NULL REFERENCES user,
    created_at TEXT NOT NULL
);

CREATE TABLE addon (
    sort         INTEGER PRIMARY KEY,
    class        TEXT NOT NULL,
    button_title TEXT NOT NULL,
    message      TEXT,
    expired_date TEXT NOT NULL,           -- sub_message is made of it
    active       INTEGER NOT NULL,
    logo         TEXT NOT NULL,
    link         TEXT NOT NULL,
    package      TEXT NOT NULL
);

CREATE TABLE billing (
    id              INTEGER PRIMARY KEY,
    invoice         TEXT NOT NULL,
    services        TEXT NOT NULL,        -- JSON array of text
    created_at      TEXT NOT NULL,
    payment_date    TEXT,
    xendit_id       TEXT NOT NULL,
    status          TEXT NOT NULL,        -- PAID, PENDING, EXPIRED
    amount          INTEGER NOT NULL,
    received_amount INTEGER NOT NULL,
    payment_method  TEXT NOT NULL,
    bank_image      TEXT
);
CREATE INDEX billing_created ON billing (created_at);

CREATE TABLE woowa_template (
    id       INTEGER PRIMARY KEY,
    audience TEXT NOT NULL CHECK (audience IN ('CUSTOMER', 'ORDER')),  -- woowa_customer.* or woowa_order.*
    type     TEXT NOT NULL,
    title    TEXT NOT NULL,
    template TEXT NOT NULL
);

CREATE TABLE woowa_message (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer,
    order_id    INTEGER,
    phone       TEXT NOT NULL,
    text        TEXT NOT NULL,
    msid        TEXT NOT NULL DEFAULT '',
    status      INTEGER NOT NULL DEFAULT 1,
    user_id     INTEGER NOT NULL,
    sent_at     TEXT NOT NULL
);
CREATE INDEX woowa_message_order ON woowa_message (order_id);

CREATE TABLE request_log (
    id          INTEGER PRIMARY KEY,
    at          TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    method      TEXT NOT NULL,
    path        TEXT NOT NULL,
    status      INTEGER NOT NULL
);
CREATE INDEX request_log_endpoint ON request_log (endpoint_id, id);

-- A token speaks for the shop's owner; a refresh token is good once.
CREATE TABLE oauth_token (
    token      TEXT PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('access', 'refresh', 'spent')),
    expires_at TEXT
) WITHOUT ROWID;
