from django.apps import AppConfig


class FairsConfig(AppConfig):
    name = "fairs"
    verbose_name = "Hội chợ, kết nối, bình chọn sản phẩm"
